using PixelPipeline.LocalBigQuery.Sql.Syntax;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// The names that an expression can use: the tables of its FROM, and behind them those of the query around it.
/// </summary>
internal sealed class Scope(Arena arena, Scope? outer, IReadOnlyDictionary<string, Relation> commonTables)
{
    private readonly List<Source> _sources = [];

    public Arena Arena => arena;

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

    /// <summary>Marks the sources from number <paramref name="first"/> on as the right side of a LEFT JOIN.</summary>
    public void MakeOptional(int first) => _sources.Skip(first).ToList().ForEach(s => s.IsOptional = true);

    /// <summary>What a star stands for: all columns, or those of one table.</summary>
    /// <exception cref="GoogleSqlException">There is no such table.</exception>
    public IReadOnlyList<ColumnRef> Star(string? qualifier, SourcePosition position)
    {
        if (qualifier is not null)
        {
            var source = _sources.Find(s => s.IsCalled(qualifier)) ?? throw new GoogleSqlException($"Unrecognized name: {qualifier}", position);
            return [.. source.Visible(position)];
        }

        return _sources.Count == 0
            ? throw new GoogleSqlException("SELECT * must have a FROM clause", position)
            : [.. _sources.SelectMany(s => s.Visible(position).Where(c => !s.Merged.Contains(c.Name)))];
    }

    /// <summary>Makes a column of the source added last one with that of the same name before it, for USING.</summary>
    /// <returns>The two columns.</returns>
    public (Bound Left, Bound Right) Merge(string name, int leftSources, SourcePosition position)
    {
        var left = Unqualified(name, _sources.Take(leftSources), position);
        var right = Unqualified(name, _sources.Skip(leftSources), position);
        if (left is null || right is null)
        {
            throw new GoogleSqlException($"Column {name} in USING clause not found on {(left is null ? "left" : "right")} side of join", position);
        }

        _sources.Find(s => s.Use == right.Use)!.Merged.Add(right.Name);
        return (left, right);
    }

    public int SourceCount => _sources.Count;

    /// <summary>The column of this name, here or in a query around; null when there is none.</summary>
    /// <exception cref="GoogleSqlException">The name is ambiguous.</exception>
    public Bound? Resolve(NameExpression name)
    {
        var found = name.Path.Count switch
        {
            1 => Unqualified(name.Path[0], _sources, name.Position),
            2 when _sources.Find(s => s.IsCalled(name.Path[0])) is { } source => source.Find(name.Path[1], name.Position)
                ?? throw new GoogleSqlException($"Name {name.Path[1]} not found inside {name.Path[0]}", name.Position),
            _ => null,
        };
        if (found is not null || outer?.Resolve(name) is not { } around)
        {
            return found;
        }

        var reference = new OuterRef(around, name.Position);
        arena.Outer.Add(reference);
        return reference;
    }

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
