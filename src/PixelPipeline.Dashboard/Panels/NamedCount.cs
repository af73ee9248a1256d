namespace PixelPipeline.Dashboard.Panels;

/// <summary>How often something happened, and when last.</summary>
/// <param name="Name">Whose or what it is; a stranger's text.</param>
/// <param name="Count">How often.</param>
/// <param name="LastTime">When last, UTC.</param>
public sealed record NamedCount(string? Name, long Count, DateTime LastTime);
