using PixelPipeline.Logs;
using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Cli.Logs;

/// <summary>
/// Tells of lines and files that cannot be read, on standard error: the first ten lines, and how many there are of each
/// reason; all of them in a file where one is named.
/// </summary>
internal sealed class LogTroubles : IDisposable
{
    private const int Shown = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly List<string> _first = [];
    private readonly List<string> _files = [];
    private readonly StreamWriter? _all;

    /// <summary>Opens the file.</summary>
    /// <param name="path">Null for none.</param>
    /// <exception cref="CommandException">It cannot be written.</exception>
    /// <param name="append">What the file holds stays.</param>
    public LogTroubles(string? path, bool append = false)
    {
        try
        {
            _all = path is null ? null : new StreamWriter(path, append);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--bad {path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>True where a file could not be read whole: the command failed.</summary>
    public bool HasFailedFiles => _files.Count > 0;

    /// <summary>A line could not be read.</summary>
    public void Add(BadLine bad)
    {
        lock (_lock)
        {
            var reason = bad.Reason.ToLabel();
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
            var text = FormattableString.Invariant($"{bad.File}:{bad.Line}: {reason}{(bad.Formats is null ? "" : $" ({bad.Formats})")}");
            _all?.WriteLine(text);
            if (_first.Count < Shown)
            {
                _first.Add(text);
            }
        }
    }

    /// <summary>A file could not be read, or not to its end.</summary>
    public void Add(LogFile file, Exception exception)
    {
        lock (_lock)
        {
            _files.Add($"{file.Name} cannot be read: {exception.Message}");
        }
    }

    /// <summary>Tells all.</summary>
    public void Print()
    {
        foreach (var line in _files.Concat(_first))
        {
            Console.Error.WriteLine(line);
        }

        if (_reasons.Count > 0)
        {
            var count = _reasons.Values.Sum();
            var reasons = string.Join(", ", _reasons.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => FormattableString.Invariant($"{r.Key} {r.Value:N0}")));
            var hint = count > _first.Count && _all is null ? "; --bad FILE lists all" : "";
            Console.Error.WriteLine(FormattableString.Invariant($"{count:N0} lines cannot be read: {reasons}{hint}."));
        }
    }

    /// <summary>Fails where there were lines and none of them could be read.</summary>
    /// <param name="read">Lines that could be read.</param>
    /// <exception cref="CommandException">None could; the message names the option.</exception>
    public void RequireLines(long read)
    {
        if (read == 0 && _reasons.Count > 0)
        {
            throw new CommandException($"No line could be read: name the lines' format with --log-format ({string.Join(", ", LogFormats.Labels)}).");
        }
    }

    public void Dispose() => _all?.Dispose();
}
