;;; Filters of idea-eventstore in Emacs 29 or newer, with eglot.
;;; A catalogue of the project is code: :trusted t where you trust the folder.
(define-derived-mode eventstore-filter-mode prog-mode "Filter"
  "Major mode for filters of security events."
  (setq-local comment-start "# "
              comment-start-skip "#+ *"))
(modify-syntax-entry ?# "<" eventstore-filter-mode-syntax-table)
(modify-syntax-entry ?\n ">" eventstore-filter-mode-syntax-table)
(add-to-list 'auto-mode-alist '("\\.filter\\'" . eventstore-filter-mode))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '(eventstore-filter-mode
                 . ("npx" "eventstore" "lsp" :initializationOptions (:trusted :json-false)))))
(add-hook 'eventstore-filter-mode-hook #'eglot-ensure)
