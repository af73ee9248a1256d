using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Schemas;

/// <summary>The columns of a table in the order in which its rows are stored.</summary>
internal sealed class TableSchema
{
    private readonly Dictionary<string, int> _byName;

    private TableSchema(ImmutableArray<SchemaField> columns)
    {
        Columns = columns;
        _byName = new Dictionary<string, int>(columns.Length, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < columns.Length; i++)
        {
            _byName.Add(columns[i].Name, i);
        }
    }

    /// <summary>In stored order.</summary>
    public ImmutableArray<SchemaField> Columns { get; }

    /// <summary>Reads the <c>schema</c> of a stored Table resource; a table without one has no columns.</summary>
    public static TableSchema Of(JsonObject tableResource) =>
        new([.. SchemaFields.Of(tableResource["schema"]).Select(ToField)]);

    /// <summary>Where the column of that name is; names are compared without regard to case, as BigQuery does.</summary>
    public bool TryFind(string name, out int index) => _byName.TryGetValue(name, out index);

    /// <summary>The same columns, of which rows may name these alone; the others stay NULL.</summary>
    public TableSchema Only(IEnumerable<string> names)
    {
        var only = new TableSchema(Columns);
        foreach (var other in Columns.Select(column => column.Name).Except(names, StringComparer.OrdinalIgnoreCase))
        {
            only._byName.Remove(other);
        }

        return only;
    }

    private static SchemaField ToField(JsonObject field)
    {
        _ = FieldTypeNames.TryParse((string)field["type"]!, out var type);
        return new SchemaField((string)field["name"]!, type, (string?)field["mode"] == "REQUIRED");
    }
}
