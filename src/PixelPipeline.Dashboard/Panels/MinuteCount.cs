namespace PixelPipeline.Dashboard.Panels;

/// <summary>One minute.</summary>
/// <param name="Minute">When it begins, UTC.</param>
/// <param name="Events">How many events it had.</param>
/// <param name="Users">Of how many users.</param>
public sealed record MinuteCount(DateTime Minute, long Events, long Users);
