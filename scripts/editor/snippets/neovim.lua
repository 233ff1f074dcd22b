-- Filters of idea-eventstore in Neovim 0.7 or newer: *.filter files, and literals in TypeScript and JavaScript.
-- A catalogue of the project is code: set trusted = true where you trust the folder.
vim.api.nvim_create_autocmd({ "BufRead", "BufNewFile" }, {
  pattern = "*.filter",
  callback = function()
    vim.bo.filetype = "eventstore-filter"
    vim.bo.commentstring = "# %s"
  end,
})

local client
vim.api.nvim_create_autocmd("FileType", {
  pattern = { "eventstore-filter", "typescript", "typescriptreact", "javascript", "javascriptreact" },
  callback = function(event)
    client = client
      or vim.lsp.start_client({
        name = "eventstore",
        cmd = { "npx", "eventstore", "lsp" },
        root_dir = vim.fn.getcwd(),
        init_options = { trusted = false },
      })
    vim.lsp.buf_attach_client(event.buf, client)
  end,
})
