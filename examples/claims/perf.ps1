# In place of your own.
Write-Output "perf: $args"
