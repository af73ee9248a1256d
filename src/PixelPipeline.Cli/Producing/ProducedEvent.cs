namespace PixelPipeline.Cli.Producing;

/// <summary>One event on its way to a target.</summary>
/// <param name="Id">What makes a repeated run change nothing, where the target is a collector; null for none.</param>
/// <param name="Fields">Names and values, in order.</param>
/// <param name="UserAgent">What the request says it comes from; null for the command's own name.</param>
/// <param name="Place">Where it stands in its source, such as <c>line 3</c>, for people; null where that has no places.</param>
internal sealed record ProducedEvent(string? Id, IReadOnlyDictionary<string, string> Fields, string? UserAgent = null, string? Place = null);
