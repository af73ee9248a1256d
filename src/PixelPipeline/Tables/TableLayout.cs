using PixelPipeline.Events;

namespace PixelPipeline.Tables;

/// <summary>
/// Which tables an event goes to: one for each user and day, one table of all events, or both. A closed family of the
/// three.
/// </summary>
public abstract class TableLayout
{
    private const string AllEventsPrefix = "all_";

    private TableLayout(LayoutName name, string baseTable, SuffixPattern? suffix)
    {
        (Name, BaseTable, Suffix) = (name, baseTable, suffix);
        AllEvents = AllEventsOf(name, baseTable);
    }

    /// <summary>The layout's name.</summary>
    public LayoutName Name { get; }

    /// <summary>The table that all names hold, such as <c>pixel</c>: the template of the tables for each user and day, or the one table.</summary>
    public string BaseTable { get; }

    /// <summary>Names the tables for each user and day; null where there are none.</summary>
    public SuffixPattern? Suffix { get; }

    /// <summary>
    /// The table that holds every event, and is the truth where there are others; null where each user and day has a
    /// table and nothing else is kept. Its name is outside the wildcard <c>pixel_*</c>.
    /// </summary>
    public TableName? AllEvents { get; }

    /// <summary>Where rejected entries go, <c>rejected_pixel</c>: outside the wildcard <c>pixel_*</c>.</summary>
    public TableName RejectedTable => new("rejected_" + BaseTable);

    /// <summary>Makes a layout by its name.</summary>
    /// <param name="name">Which one.</param>
    /// <param name="baseTable">The table that all names hold.</param>
    /// <param name="suffix">Names the tables for each user and day, where the layout has such.</param>
    public static TableLayout Of(LayoutName name, string baseTable, SuffixPattern suffix) => name switch
    {
        LayoutName.Template => new Template(baseTable, suffix),
        LayoutName.Partitioned => new Partitioned(baseTable),
        LayoutName.Both => new Both(baseTable, suffix),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>The table of all events in a layout; null where it has none.</summary>
    /// <param name="name">The layout.</param>
    /// <param name="baseTable">The table that all names hold.</param>
    public static TableName? AllEventsOf(LayoutName name, string baseTable) => name switch
    {
        LayoutName.Template => null,
        LayoutName.Partitioned => new TableName(baseTable),
        LayoutName.Both => new TableName(AllEventsPrefix + baseTable),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>Whose table of all events this is, in the layout <see cref="Both"/>: <c>pixel</c> for <c>all_pixel</c>; null where it is none.</summary>
    public static string? BaseOfAllEvents(string tableId)
    {
        ArgumentNullException.ThrowIfNull(tableId);
        return tableId.StartsWith(AllEventsPrefix, StringComparison.Ordinal) ? tableId[AllEventsPrefix.Length..] : null;
    }

    /// <summary>The table of a row alone: that of its user and day or, where there is none such, the table of all events.</summary>
    public TableName TableOf(EventRow row) => new(BaseTable, Suffix?.SuffixOf(row) ?? "");

    /// <summary>All tables that a row is to be in, the table of all events first.</summary>
    public IReadOnlyList<TableName> TablesOf(EventRow row)
    {
        var own = TableOf(row);
        return AllEvents is { } all && all != own ? [all, own] : [own];
    }

    /// <summary>Where rows of a day go, in place of tables for each user, once the day's budget of new tables is spent.</summary>
    /// <param name="day">An instant of the day, UTC.</param>
    public TableName OverflowOf(DateTime day) => new(BaseTable, Suffix?.OverflowOf(day) ?? "");

    /// <summary>Tables made from the base table as a template, named by suffix.</summary>
    /// <param name="baseTable">The template's id.</param>
    /// <param name="suffix">Makes the suffixes.</param>
    /// <seealso href="https://cloud.google.com/bigquery/docs/streaming-data-into-bigquery#template-tables"/>
    public sealed class Template(string baseTable, SuffixPattern suffix) : TableLayout(LayoutName.Template, baseTable, suffix);

    /// <summary>One table, partitioned by day of <c>event_time</c> and clustered by <c>user_id</c> and <c>type</c>.</summary>
    /// <param name="baseTable">The table's id.</param>
    /// <seealso href="https://cloud.google.com/bigquery/docs/partitioned-tables"/>
    public sealed class Partitioned(string baseTable) : TableLayout(LayoutName.Partitioned, baseTable, suffix: null);

    /// <summary>The tables of <see cref="Template"/> and beside them <c>all_pixel</c>, which is made as the table of <see cref="Partitioned"/> is.</summary>
    /// <param name="baseTable">The template's id.</param>
    /// <param name="suffix">Makes the suffixes.</param>
    public sealed class Both(string baseTable, SuffixPattern suffix) : TableLayout(LayoutName.Both, baseTable, suffix);
}
