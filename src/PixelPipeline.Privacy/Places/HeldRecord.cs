namespace PixelPipeline.Privacy.Places;

/// <summary>One record that is held on a person.</summary>
/// <param name="Kind">What it is: <c>events</c>, <c>rejected</c> or <c>raw</c>.</param>
/// <param name="Id">What it is told apart by within its kind: kept in two places it is one record.</param>
/// <param name="Fields">Names and values: text, numbers, truth values, instants (UTC), days, bytes, or null.</param>
public sealed record HeldRecord(string Kind, string Id, IReadOnlyList<KeyValuePair<string, object?>> Fields)
{
    /// <summary>The kind of rows of events.</summary>
    public const string Events = "events";

    /// <summary>The kind of rows of rejected entries.</summary>
    public const string Rejected = "rejected";

    /// <summary>The kind of raw log entries and lines.</summary>
    public const string Raw = "raw";
}
