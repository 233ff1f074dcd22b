-- Drives the language server from Neovim's own client and writes what it saw as JSON: one key for each feature.
-- Started with: nvim --headless -u NONE -i NONE -n --cmd "lua SERVER = {…}; OUT = …" -c "luafile neovim.lua"
local seen = {}

local function finish()
  local file = assert(io.open(OUT, "w"))
  file:write(vim.fn.json_encode(seen))
  file:close()
  vim.cmd("qall!")
end

local function request(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 30000)
  for _, answer in pairs(answers or {}) do
    if answer.error then return { error = answer.error.message } end
    return answer.result
  end
end

local function at(line, character)
  return {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = line, character = character },
  }
end

local function run()
  vim.cmd("edit wrong.filter")
  local client = vim.lsp.start_client({ name = "eventstore", cmd = SERVER, root_dir = vim.fn.getcwd() })
  vim.lsp.buf_attach_client(0, client)
  vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end)

  local diagnostic = vim.diagnostic.get(0)[1]
  seen.diagnostic = {
    code = diagnostic.code,
    severity = diagnostic.severity,
    line = diagnostic.lnum,
    from = diagnostic.col,
    to = diagnostic.end_col,
  }

  local hover = request("textDocument/hover", at(0, 3))
  seen.hover = hover.contents.value
  local completion = request("textDocument/completion", at(1, 7))
  seen.completion = vim.tbl_map(function(item) return item.label end, completion)
  seen.definition = request("textDocument/definition", at(1, 6)).uri
  seen.symbols = vim.tbl_map(function(symbol) return symbol.name end, request("textDocument/documentSymbol", at(0, 0)))

  local actions = request("textDocument/codeAction", {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    range = { start = { line = 0, character = 21 }, ["end"] = { line = 0, character = 29 } },
    context = { diagnostics = {} },
  })
  vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
  seen.mended = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  vim.wait(60000, function() return #vim.diagnostic.get(0) == 0 end)
  seen.remaining = #vim.diagnostic.get(0)

  vim.lsp.buf.formatting_sync(nil, 30000)
  seen.formatted = vim.api.nvim_buf_get_lines(0, 0, -1, false)

  local position = vim.fn.searchpos("@quiet")
  local params = at(position[1] - 1, position[2] + 1)
  params.newName = "calm"
  vim.lsp.util.apply_workspace_edit(request("textDocument/rename", params), "utf-16")
  vim.cmd("wall")
  seen.files = vim.fn.sort(vim.fn.glob("*.filter", false, true))
  seen.night = vim.fn.readfile("night.filter")
  seen.renamed = vim.fn.readfile("wrong.filter")

  -- Only Neovim from 0.9 shows these by itself; the requests are the same.
  seen.hints = vim.tbl_map(
    function(hint) return hint.label end,
    request("textDocument/inlayHint", {
      textDocument = { uri = vim.uri_from_bufnr(0) },
      range = { start = { line = 0, character = 0 }, ["end"] = { line = 99, character = 0 } },
    })
  )
  seen.tokens = #request("textDocument/semanticTokens/full", { textDocument = { uri = vim.uri_from_bufnr(0) } }).data
end

local ok, problem = pcall(run)
if not ok then seen.problem = tostring(problem) end
finish()
