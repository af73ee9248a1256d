namespace PixelPipeline.Settings;

/// <summary>Settings that nothing can start with.</summary>
/// <param name="lines">One for each error, which says what to mend.</param>
public sealed class SettingsException(IReadOnlyList<string> lines) : Exception(string.Join(Environment.NewLine, lines))
{
    /// <summary>One for each error.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;
}
