using PixelPipeline.Events;

namespace PixelPipeline.Tables;

/// <summary>Which table an event goes to: one for each user and day, or one for all. A closed family of the two.</summary>
public abstract class TableLayout
{
    private TableLayout(string baseTable) => BaseTable = baseTable;

    /// <summary>The table that all names begin with, such as <c>pixel</c>.</summary>
    public string BaseTable { get; }

    /// <summary>Where rejected entries go, <c>rejected_pixel</c>: outside the wildcard <c>pixel_*</c>.</summary>
    public TableName RejectedTable => new("rejected_" + BaseTable);

    /// <summary>The layout's name.</summary>
    public abstract LayoutName Name { get; }

    /// <summary>Makes a layout by its name.</summary>
    /// <param name="name">Which one.</param>
    /// <param name="baseTable">The table that all names begin with.</param>
    /// <param name="pattern">Names the tables for each user and day, where the layout has such.</param>
    public static TableLayout Of(LayoutName name, string baseTable, SuffixPattern pattern) => name switch
    {
        LayoutName.Template => new Template(baseTable, pattern),
        LayoutName.Partitioned => new Partitioned(baseTable),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>The table of a row.</summary>
    public abstract TableName TableOf(EventRow row);

    /// <summary>Where rows of a day go once the day's budget of new tables is spent.</summary>
    /// <param name="day">An instant of the day, UTC.</param>
    public abstract TableName OverflowOf(DateTime day);

    /// <summary>Tables made from the base table as a template, named by suffix.</summary>
    /// <seealso href="https://cloud.google.com/bigquery/docs/streaming-data-into-bigquery#template-tables"/>
    public sealed class Template : TableLayout
    {
        private readonly SuffixPattern _pattern;

        /// <summary>Lays tables out by a suffix.</summary>
        /// <param name="baseTable">The template's id.</param>
        /// <param name="pattern">Makes the suffixes.</param>
        public Template(string baseTable, SuffixPattern pattern)
            : base(baseTable) => _pattern = pattern;

        /// <inheritdoc/>
        public override LayoutName Name => LayoutName.Template;

        /// <inheritdoc/>
        public override TableName TableOf(EventRow row) => new(BaseTable, _pattern.SuffixOf(row));

        /// <inheritdoc/>
        public override TableName OverflowOf(DateTime day) => new(BaseTable, _pattern.OverflowOf(day));
    }

    /// <summary>One table, partitioned by day of <c>event_time</c> and clustered by <c>user_id</c> and <c>type</c>.</summary>
    /// <seealso href="https://cloud.google.com/bigquery/docs/partitioned-tables"/>
    public sealed class Partitioned : TableLayout
    {
        /// <summary>Puts all rows into one table.</summary>
        /// <param name="baseTable">The table's id.</param>
        public Partitioned(string baseTable)
            : base(baseTable)
        {
        }

        /// <inheritdoc/>
        public override LayoutName Name => LayoutName.Partitioned;

        /// <inheritdoc/>
        public override TableName TableOf(EventRow row) => new(BaseTable);

        /// <inheritdoc/>
        public override TableName OverflowOf(DateTime day) => new(BaseTable);
    }
}
