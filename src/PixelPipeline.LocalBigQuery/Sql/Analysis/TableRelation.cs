using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>The rows of one stored table, or of all that a wildcard matches.</summary>
internal sealed class TableRelation : Relation
{
    /// <summary>The pseudo-column that tells the tables of a wildcard apart.</summary>
    public const string SuffixColumn = "_TABLE_SUFFIX";

    /// <summary>The pseudo-column of the rows' numbers, which no name in a statement means by accident.</summary>
    public const string RowNumberColumn = "\u0001row";

    private readonly QueryCatalog _catalog;
    private readonly TablePath _path;
    private readonly SourcePosition _position;
    private readonly QueriedTable _table;
    private readonly List<Bound> _conditions = [];

    public TableRelation(QueryCatalog catalog, TablePath path, QueriedTable table, SourcePosition position, bool withRowNumber = false)
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

        if (withRowNumber)
        {
            Columns.Add(new RelationColumn(RowNumberColumn, SqlType.Int64) { IsHidden = true });
        }
    }

    /// <summary>The table, when it is one.</summary>
    public QueriedTable Table => _table;

    /// <summary>
    /// Leaves out tables before they are read, by a condition of WHERE that depends on the suffix alone; others are no matter.
    /// </summary>
    public void Restrict(Bound condition, RelationUse use)
    {
        bool IsSuffix(Bound bound) => bound is ColumnRef column && column.Use == use && Columns[column.Index].Name == SuffixColumn && Columns[column.Index].IsHidden;
        if (condition.Any(IsSuffix) && !condition.Any(b => b is SubqueryNode or OuterRef || (b is ColumnRef && !IsSuffix(b))))
        {
            _conditions.Add(condition.Rewrite(b => IsSuffix(b) ? QueryCatalog.Suffix(b.Position) : null));
        }
    }

    /// <inheritdoc/>
    public override string Definition(EngineWriter writer)
    {
        IReadOnlyList<QueriedTable> tables = _path.IsWildcard ? _catalog.Matches(_path, _conditions, _position) : [_table];
        return tables.Count == 0
            ? Rows([])
            : string.Join(" UNION ALL ", tables.GroupBy(LayoutOf).Select(group => Rows([.. group])));
    }

    // Tables with the same columns lie together, and are read as one.
    private string LayoutOf(QueriedTable table) => $"{_catalog.StoreOf(table)}:{string.Join(',', UsedColumns.Select(i => PlaceOf(i, table)))}";

    private string Rows(IReadOnlyList<QueriedTable> tables)
    {
        var list = string.Join(", ", UsedColumns.Select(i => $"{Value(i, tables)} AS c{i}"));
        list = list.Length == 0 ? "1" : list;
        if (tables.Count == 0)
        {
            return $"SELECT {list} WHERE FALSE";
        }

        var needsSuffix = _path.IsWildcard && Columns.Exists(c => c.IsHidden && c.IsUsed);
        var store = _catalog.StoreOf(tables[0]);
        return needsSuffix
            ? FormattableString.Invariant($"SELECT {list} FROM {store} AS r JOIN (VALUES {string.Join(", ", tables.Select(t => $"({t.Key}, {Literals.Of(t.Suffix(_path), SqlType.String)})"))}) AS x(k, s) ON r.k = x.k")
            : FormattableString.Invariant($"SELECT {list} FROM {store} AS r WHERE r.k IN ({string.Join(", ", tables.Select(t => t.Key))})");
    }

    private string Value(int column, IReadOnlyList<QueriedTable> tables)
    {
        if (Columns[column].IsHidden && tables.Count > 0)
        {
            return _path.IsWildcard ? "x.s" : "r.n";
        }

        var place = tables.Count == 0 ? -1 : PlaceOf(column, tables[0]);
        return place < 0 ? Literals.Of(null, Columns[column].Type) : FormattableString.Invariant($"r.c{place}");
    }

    private int PlaceOf(int column, QueriedTable table)
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
                return table.Columns[i].Type is { } type && wanted.Type == type
                    ? i
                    : throw new GoogleSqlException($"Cannot read field '{wanted.Name}' of type {table.Columns[i].TypeName} as {wanted.Type.Name()} in table {table.TableId}", _position);
            }
        }

        return -1;
    }
}
