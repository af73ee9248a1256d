namespace PixelPipeline.Cli.Rejected;

/// <summary>A row of the table of rejected entries.</summary>
/// <param name="EventId">The entry's event id.</param>
/// <param name="Time">When it was rejected, UTC.</param>
/// <param name="Reason">Why.</param>
/// <param name="Column">The column concerned; null where there is none.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Entry">The raw log entry.</param>
internal sealed record RejectedEntry(string EventId, DateTime Time, string Reason, string? Column, string? Message, byte[] Entry);
