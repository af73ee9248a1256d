namespace PixelPipeline.Functions;

/// <summary>The settings do not let the function start.</summary>
/// <param name="lines">One for each error, which says what to mend.</param>
internal sealed class SettingsException(IReadOnlyList<string> lines) : Exception(string.Join(Environment.NewLine, lines))
{
    /// <summary>One for each error.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;
}
