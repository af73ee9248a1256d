namespace PixelPipeline.Soak.Oracle;

/// <summary>Where an event must stand in the end.</summary>
/// <param name="Table">Its table; null if it must stand nowhere, because it is ignored.</param>
/// <param name="Reason">The reason of an ignored or rejected event; null if it is written.</param>
/// <param name="Column">The column of a rejection.</param>
/// <param name="AllEvents">The table of all events that it must stand in as well; null for none.</param>
internal sealed record Expectation(string? Table, string? Reason = null, string? Column = null, string? AllEvents = null)
{
    public const string RejectedTable = "rejected_pixel";

    public bool Names(string table) => table == Table || table == AllEvents;

    public bool IsRejected => Table == RejectedTable;
}
