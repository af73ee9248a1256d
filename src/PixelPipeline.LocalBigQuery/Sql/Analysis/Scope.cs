using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// The names that an expression can use: the tables of its FROM, and behind them those of the query around it.
/// </summary>
internal sealed class Scope(Arena arena, Scope? outer, IReadOnlyDictionary<string, Relation> commonTables)
{
    private readonly List<Source> _sources = [];

    // What USING of a FULL JOIN makes of two columns.
    private readonly Dictionary<string, Bound> _merged = new(StringComparer.OrdinalIgnoreCase);

    public Arena Arena => arena;

    /// <summary>What the WINDOW clause names.</summary>
    public IReadOnlyDictionary<string, WindowSpecification> Windows { get; set; } = new Dictionary<string, WindowSpecification>();

    /// <summary>The tables of WITH clauses, by name.</summary>
    public IReadOnlyDictionary<string, Relation> CommonTables => commonTables;

    /// <summary>The scope of a query in FROM or of a query's body: it sees what this one's query sees around it.</summary>
    public Scope Sibling(IReadOnlyDictionary<string, Relation>? tables = null) => new(arena, outer, tables ?? commonTables);

    /// <summary>The scope of a subquery in an expression, which also sees the columns here.</summary>
    public Scope Inner() => new(arena.Subquery(), this, commonTables);

    public void Add(string? alias, RelationUse use, SourcePosition position)
    {
        if (alias is not null && _sources.Exists(s => s.IsCalled(alias)))
        {
            throw new GoogleSqlException($"Duplicate table alias {alias} in the same FROM clause", position);
        }

        _sources.Add(new Source(alias, use));
    }

    /// <summary>Whether the column is of this scope, not of one around it.</summary>
    public bool Owns(ColumnRef column) => _sources.Exists(s => s.Use == column.Use);

    /// <summary>The uses of relations whose rows WHERE sees as they are: not the right side of a LEFT JOIN, which may be NULL.</summary>
    public IEnumerable<RelationUse> PlainUses => _sources.Where(s => !s.IsOptional).Select(s => s.Use);

    /// <summary>Marks sources as a side of an outer join that may be NULL.</summary>
    public void MakeOptional(int first, int count) => _sources.Skip(first).Take(count).ToList().ForEach(s => s.IsOptional = true);

    /// <summary>What a star stands for: all columns, or those of one table.</summary>
    /// <exception cref="GoogleSqlException">There is no such table.</exception>
    public IReadOnlyList<(string Name, Bound Value)> Star(string? qualifier, SourcePosition position)
    {
        if (qualifier is not null)
        {
            var source = _sources.Find(s => s.IsCalled(qualifier)) ?? throw new GoogleSqlException($"Unrecognized name: {qualifier}", position);
            return [.. source.Visible(position).Select(c => (c.Name, (Bound)c))];
        }

        return _sources.Count == 0
            ? throw new GoogleSqlException("SELECT * must have a FROM clause", position)
            : [.. _sources.SelectMany(s => s.Visible(position).Where(c => !s.Merged.Contains(c.Name))).Select(c => (c.Name, _merged.GetValueOrDefault(c.Name, c)))];
    }

    /// <summary>The row of a table of this alias, as a STRUCT; null when there is no such table.</summary>
    public Bound? TableRow(string alias, SourcePosition position)
    {
        if (_sources.Find(s => s.IsCalled(alias)) is { } source)
        {
            List<ColumnRef> columns = [.. source.Visible(position)];
            if (source.Use.Relation is UnnestRelation { IsOfValues: true })
            {
                return columns[0]; // the element itself
            }

            return new OperationNode(Operation.Struct, DataType.StructOf([.. columns.Select(c => new StructField(c.Name, c.Type))]), position, columns);
        }

        return outer?.TableRow(alias, position) is { } row ? row.Rewrite(node => node is ColumnRef or OuterRef ? Outward(node, position) : null) : null;
    }

    /// <summary>Makes a column of the source added last one with that of the same name before it, for USING.</summary>
    /// <returns>The two columns.</returns>
    public (Bound Left, Bound Right) Merge(string name, int leftSources, JoinKind kind, SourcePosition position)
    {
        var left = _merged.GetValueOrDefault(name) ?? Unqualified(name, _sources.Take(leftSources), position);
        var right = Unqualified(name, _sources.Skip(leftSources), position);
        if (left is null || right is null)
        {
            throw new GoogleSqlException($"Column {name} in USING clause not found on {(left is null ? "left" : "right")} side of join", position);
        }

        _sources.Find(s => s.Use == ((ColumnRef)right).Use)!.Merged.Add(name);
        if (kind is JoinKind.Full or JoinKind.Right)
        {
            var sides = Coercion.Unify(kind == JoinKind.Full ? [left, right] : [right, left], "USING", position);
            _merged[name] = kind == JoinKind.Full ? new OperationNode(Operation.Coalesce, sides[0].Type, position, sides) : sides[0];
        }

        return (left, right);
    }

    public int SourceCount => _sources.Count;

    /// <summary>The column of this name, here or in a query around; null when there is none.</summary>
    /// <exception cref="GoogleSqlException">The name is ambiguous.</exception>
    public Bound? Resolve(NameExpression name)
    {
        var source = name.Path.Count > 1 ? _sources.Find(s => s.IsCalled(name.Path[0])) : null;
        var (found, fields) = source is null
            ? (_merged.GetValueOrDefault(name.Path[0]) ?? Unqualified(name.Path[0], _sources, name.Position), 1)
            : (source.Find(name.Path[1], name.Position) ?? throw new GoogleSqlException($"Name {name.Path[1]} not found inside {name.Path[0]}", name.Position), 2);

        return found is not null
            ? name.Path.Skip(fields).Aggregate(found, (value, field) => Arrays.Field(value, field, name.Position))
            : outer?.Resolve(name) is { } around ? Outward(around, name.Position) : null;
    }

    // Columns are taken from the query around one by one, fields of them here.
    private Bound Outward(Bound around, SourcePosition position)
    {
        if (around is OperationNode { Operation: Operation.Field } field)
        {
            return new OperationNode(Operation.Field, field.Type, position, Outward(field.Children[0], position)) { Index = field.Index };
        }

        var reference = new OuterRef(around, position);
        arena.Outer.Add(reference);
        return reference;
    }

    /// <summary>Whether a table of this FROM is called so.</summary>
    public bool HasSource(string alias) => _sources.Exists(s => s.IsCalled(alias));

    /// <summary>Whether a table here or around is called so.</summary>
    public bool HasTable(string alias) => _sources.Exists(s => s.IsCalled(alias)) || (outer?.HasTable(alias) ?? false);

    private static ColumnRef? Unqualified(string name, IEnumerable<Source> sources, SourcePosition position)
    {
        var found = sources.Where(s => !s.Merged.Contains(name)).Select(s => s.Find(name, position)).OfType<ColumnRef>().Take(2).ToList();
        return found.Count < 2 ? found.FirstOrDefault() : throw new GoogleSqlException($"Column name {name} is ambiguous", position);
    }

    /// <summary>One table of FROM.</summary>
    private sealed record Source(string? Alias, RelationUse Use)
    {
        /// <summary>Columns that USING has made one with those of a table before.</summary>
        public HashSet<string> Merged { get; } = new(StringComparer.OrdinalIgnoreCase);

        public bool IsOptional { get; set; }

        public bool IsCalled(string alias) => alias.Equals(Alias, StringComparison.OrdinalIgnoreCase);

        public ColumnRef? Find(string name, SourcePosition position)
        {
            var columns = Use.Relation.Columns;
            var index = columns.FindIndex(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            return index < 0 ? null
                : columns.FindIndex(index + 1, c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) >= 0
                    ? throw new GoogleSqlException($"Column name {name} is ambiguous", position)
                    : Use.Column(index, position);
        }

        public IEnumerable<ColumnRef> Visible(SourcePosition position) =>
            Enumerable.Range(0, Use.Relation.Columns.Count).Where(i => !Use.Relation.Columns[i].IsHidden).Select(i => Use.Column(i, position));
    }
}
