namespace PixelPipeline.Cli.Producing;

/// <summary>Events that failed alike.</summary>
/// <param name="Events">How many.</param>
/// <param name="First">Where the first of them stands in its source, such as <c>line 3</c>; null where that has no places.</param>
internal sealed record ProduceFailure(long Events, string? First);
