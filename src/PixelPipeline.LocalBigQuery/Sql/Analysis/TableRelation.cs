using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>The rows of one stored table, or of all that a wildcard matches.</summary>
internal sealed class TableRelation : Relation
{
    /// <summary>The pseudo-column that tells the tables of a wildcard apart.</summary>
    public const string SuffixColumn = "_TABLE_SUFFIX";

    private readonly TableCatalog _catalog;
    private readonly TablePath _path;
    private readonly SourcePosition _position;
    private readonly StoredTable _table;
    private readonly List<Bound> _conditions = [];

    public TableRelation(TableCatalog catalog, TablePath path, StoredTable table, SourcePosition position)
    {
        (_catalog, _path, _table, _position) = (catalog, path, table, position);
        foreach (var column in table.Columns)
        {
            Columns.Add(new RelationColumn(column.Name, column.Type
                ?? throw new GoogleSqlException($"Not supported: column {column.Name} of type {column.TypeName}", position)));
        }

        if (path.IsWildcard)
        {
            Columns.Add(new RelationColumn(SuffixColumn, SqlType.String) { IsHidden = true });
        }
    }

    /// <summary>
    /// Leaves out tables before they are read, by a condition of WHERE that depends on the suffix alone; others are no matter.
    /// </summary>
    public void Restrict(Bound condition, RelationUse use)
    {
        bool IsSuffix(Bound bound) => bound is ColumnRef column && column.Use == use && Columns[column.Index].IsHidden;
        if (condition.Any(IsSuffix) && !condition.Any(b => b is SubqueryBound or OuterRef || (b is ColumnRef && !IsSuffix(b))))
        {
            var suffix = TableCatalog.Suffix(_path);
            _conditions.Add(condition.Rewrite(b => IsSuffix(b) ? new Composite(SqlType.String, b.Position, CompositeRole.Scalar, suffix) : null));
        }
    }

    /// <inheritdoc/>
    public override string Definition(SqlWriter writer)
    {
        if (!_path.IsWildcard)
        {
            return Rows(writer, [_table]);
        }

        var tables = _catalog.Matches(_path, _conditions, _position);
        return tables.Count == 0
            ? $"{Rows(writer, [])}"
            : string.Join(" UNION ALL ", tables.GroupBy(LayoutOf).Select(group => Rows(writer, [.. group])));
    }

    // Tables with the same places of the same columns are read as one.
    private string LayoutOf(StoredTable table) => string.Join(',', UsedColumns.Select(i => PlaceOf(i, table)));

    private string Rows(SqlWriter writer, IReadOnlyList<StoredTable> tables) => writer.Capture(w =>
    {
        w.AppendList("SELECT ", UsedColumns, (w, i) => w.Append(Value(w, i, tables)).Append($" AS c{i}"));
        w.Append(UsedColumns.Any() ? " FROM " : "1 FROM ");
        w.Append(_path.IsWildcard ? "tables AS x CROSS JOIN rows AS r ON r.table_key = x.table_key WHERE x.table_key IN (" : "rows AS r WHERE r.table_key IN (");
        w.AppendList("", tables, (w, table) => w.Append(FormattableString.Invariant($"{table.Key}")));
        w.Append(")");
    });

    private string Value(SqlWriter writer, int column, IReadOnlyList<StoredTable> tables)
    {
        if (Columns[column].IsHidden)
        {
            return TableCatalog.Suffix(_path);
        }

        var place = tables.Count == 0 ? -1 : PlaceOf(column, tables[0]);
        return place < 0 ? "NULL" : FormattableString.Invariant($"{writer.Name(ColumnFunction.For(Columns[column].Type))}(r.row_values, {place})");
    }

    private int PlaceOf(int column, StoredTable table)
    {
        if (Columns[column].IsHidden)
        {
            return -1;
        }

        var wanted = Columns[column];
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Name.Equals(wanted.Name, StringComparison.OrdinalIgnoreCase))
            {
                return table.Columns[i].Type == wanted.Type
                    ? i
                    : throw new GoogleSqlException($"Cannot read field '{wanted.Name}' of type {table.Columns[i].TypeName} as {wanted.Type.Name()} in table {table.TableId}", _position);
            }
        }

        return -1;
    }
}
