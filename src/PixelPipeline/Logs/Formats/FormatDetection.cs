namespace PixelPipeline.Logs.Formats;

/// <summary>
/// Finds a file's format by its first lines: the format that fits the first line which any fits. Where several fit it,
/// the lines behind it decide: each leaves those that fit it as well. Where several are left at the end, none is taken, and the file is said to be undecided.
/// </summary>
internal static class FormatDetection
{
    private const int MaxLines = 100;

    /// <summary>The format; null where there is none, an <see cref="UndecidedFormat"/> where there is more than one.</summary>
    /// <param name="start">The file's first bytes. A line that ends outside them counts only as the file's last one.</param>
    public static LogFormat? Detect(ReadOnlySpan<byte> start)
    {
        var candidates = LogFormats.All.Select(f => new Candidate(f)).ToList();
        var isFound = false;
        for (var lines = 0; !start.IsEmpty && !(isFound && (candidates.Count == 1 || lines == MaxLines)); lines++)
        {
            var line = LineFields.Cut(ref start, (byte)'\n').TrimEnd((byte)'\r');
            var fitting = Fitting(candidates, line);
            isFound |= fitting.Count > 0;
            candidates = fitting.Count > 0 ? fitting : candidates;
        }

        return (isFound, candidates) switch
        {
            (false, _) => null,
            (true, [var only]) => only.Format,
            _ => new UndecidedFormat([.. candidates.Select(c => c.Format)]),
        };
    }

    private static List<Candidate> Fitting(List<Candidate> candidates, ReadOnlySpan<byte> line)
    {
        var fitting = new List<Candidate>();
        foreach (var candidate in candidates)
        {
            if (!line.IsEmpty && candidate.Fits(line))
            {
                fitting.Add(candidate);
            }
        }

        return fitting;
    }

    private sealed class Candidate(LogFormat format)
    {
        private readonly LineState _state = new();

        public LogFormat Format { get; } = format;

        public bool Fits(ReadOnlySpan<byte> line)
        {
            _state.Buffer.Clear();
            _state.Header = Format.ReadHeader(line) ?? _state.Header;
            return Format.Fits(line, _state);
        }
    }
}
