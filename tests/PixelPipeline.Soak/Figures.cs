using System.Globalization;

namespace PixelPipeline.Soak;

/// <summary>What a run measured, line by line, and what went wrong.</summary>
internal sealed class Figures
{
    private readonly List<(string Name, string Value)> _lines = [];

    public IReadOnlyList<(string Name, string Value)> Lines => _lines;

    /// <summary>The first violations in words.</summary>
    public required IReadOnlyCollection<string> Violations { get; init; }

    /// <summary>How many violations there are in all.</summary>
    public required long ViolationCount { get; init; }

    public Figures Add(string name, string value)
    {
        _lines.Add((name, value));
        return this;
    }

    public Figures Add(string name, long value) => Add(name, value.ToString("N0", CultureInfo.InvariantCulture));

    public Figures Add(string name, double value, string format) => Add(name, value.ToString(format, CultureInfo.InvariantCulture));
}
