using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>A row of a table or of a query's results, its cells as .NET values by their columns' types.</summary>
public sealed class BigQueryRow
{
    private readonly bool _integerTimestamps;

    internal BigQueryRow(TableRow rawRow, TableSchema schema, bool integerTimestamps) =>
        (RawRow, Schema, _integerTimestamps) = (rawRow, schema, integerTimestamps);

    public TableRow RawRow { get; }

    public TableSchema Schema { get; }

    /// <exception cref="KeyNotFoundException">The row has no such column.</exception>
    public object this[string name]
    {
        get
        {
            for (var i = 0; i < Schema.Fields.Count; i++)
            {
                if (Schema.Fields[i].Name == name)
                {
                    return this[i];
                }
            }

            throw new KeyNotFoundException($"The row has no column '{name}'.");
        }
    }

    public object this[int index] => CellValue.Read(RawRow.F[index].V, Schema.Fields[index], _integerTimestamps);
}
