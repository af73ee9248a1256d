namespace PixelPipeline.Settings;

/// <summary>A setting with values of one type.</summary>
/// <typeparam name="T">The values' type.</typeparam>
public sealed record Setting<T> : Setting
{
    private readonly Reader _read;

    internal Setting(string name, string? unlessSet, string meaning, string rule, Reader read)
        : base(name, unlessSet, meaning, rule) => _read = read;

    internal delegate bool Reader(string text, out T value);

    /// <inheritdoc/>
    public override bool Takes(string text) => _read(text, out _);

    /// <summary>Reads a value.</summary>
    /// <param name="text">As an operator writes it.</param>
    /// <exception cref="FormatException">It is none; the message is the setting's name and rule.</exception>
    public T Read(string text) => _read(text, out var value) ? value : throw new FormatException($"Setting {Variable} {Rule}.");
}
