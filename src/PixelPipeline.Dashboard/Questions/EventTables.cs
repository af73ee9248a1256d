namespace PixelPipeline.Dashboard.Questions;

/// <summary>The tables that questions are about, by the names that the operator gave.</summary>
/// <param name="DatasetId">Such as <c>pixels</c>.</param>
/// <param name="BaseTable">Such as <c>pixel</c>.</param>
/// <param name="AllEvents">The table that holds all events; null where only the tables for each user and day do.</param>
internal sealed record EventTables(string DatasetId, string BaseTable, string? AllEvents)
{
    private static readonly string[] Listed = ["STRING", "INTEGER", "INT64", "FLOAT", "FLOAT64", "NUMERIC", "BOOLEAN", "BOOL", "DATE"];

    /// <summary>The columns of an event by name, with their types, in the table's order.</summary>
    public IReadOnlyList<(string Name, string Type)> Columns { get; init; } = [("event_id", "STRING"), ("event_time", "TIMESTAMP"), ("user_id", "STRING"), ("type", "STRING")];

    /// <summary>The events in SQL.</summary>
    public string Events => $"`{DatasetId}.{AllEvents ?? $"{BaseTable}_*"}`";

    /// <summary>The rejected entries in SQL.</summary>
    public string Rejected => $"`{DatasetId}.rejected_{BaseTable}`";

    /// <summary>The columns whose values can be listed and filtered by, in the table's order.</summary>
    public IEnumerable<string> ListedColumns => Columns.Where(c => Listed.Contains(c.Type) && c.Name is not ("event_id" or "hit_id")).Select(c => c.Name);

    /// <summary>True where events have a column.</summary>
    public bool Has(string column) => Columns.Any(c => c.Name == column);

    /// <summary>What a name in an address stands for; null where events have nothing of that name.</summary>
    public Dimension? Find(string name)
    {
        var column = name == Dimension.ReferrerHost && !Has(name) ? "referrer" : name;
        return Columns.FirstOrDefault(c => c.Name == column) is { Name: not null } found ? new Dimension(name, column, found.Type) : null;
    }
}
