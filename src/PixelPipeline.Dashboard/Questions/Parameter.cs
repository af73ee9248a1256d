namespace PixelPipeline.Dashboard.Questions;

/// <summary>A value that a query gets beside its text.</summary>
/// <param name="Name">As the text says it, without its <c>@</c>.</param>
/// <param name="Value">A <see cref="string"/> or a <see cref="DateTime"/> (UTC).</param>
public sealed record Parameter(string Name, object Value);
