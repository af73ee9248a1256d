using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Makes relations of queries: WITH, UNION, and the order and cut of the rows.</summary>
internal sealed class QueryBinder
{
    private readonly StatementContext _statement;
    private readonly FromBinder _from;

    public QueryBinder(StatementContext statement)
    {
        _statement = statement;
        _from = new FromBinder(statement, this);
    }

    /// <summary>The query's relation. Its FROM goes into scopes beside <paramref name="scope"/>, whose arena takes all.</summary>
    public Relation Bind(Query query, Scope scope)
    {
        Nesting.Check(query.Position);
        var visible = BindWith(query, scope);
        if (query.Body is SelectBody select)
        {
            return new SelectBinder(this, _from, visible.Sibling(), select).Bind(query);
        }

        var relation = Bind(query.Body, visible);
        return query.OrderBy.Count == 0 && query.Limit is null ? relation : Order(query, relation, visible);
    }

    /// <summary>The row counts of LIMIT and OFFSET.</summary>
    public (Bound? Limit, Bound? Offset) BindLimit(Query query, Scope scope) =>
        (BindCount(query.Limit, "LIMIT", scope), BindCount(query.Offset, "OFFSET", scope));

    public ExpressionBinder Expressions(Scope scope, Clause clause) => new(_statement, scope, clause, this);

    private Scope BindWith(Query query, Scope scope)
    {
        if (query.With.Count == 0)
        {
            return scope;
        }

        var tables = new Dictionary<string, Relation>(scope.CommonTables, StringComparer.OrdinalIgnoreCase);
        HashSet<string> own = new(StringComparer.OrdinalIgnoreCase);
        foreach (var table in query.With)
        {
            if (!own.Add(table.Name))
            {
                throw new GoogleSqlException($"Duplicate alias {table.Name} for WITH subquery", table.Position);
            }

            var relation = Bind(table.Query, scope.Sibling(new Dictionary<string, Relation>(tables, StringComparer.OrdinalIgnoreCase)));
            tables[table.Name] = relation;
        }

        return scope.Sibling(tables);
    }

    private Relation Bind(QueryBody body, Scope scope) => body switch
    {
        Query query => Bind(query, scope),
        UnionBody union => BindUnion(union, scope),
        _ => Bind(new Query(body.Position, [], body, [], null, null), scope),
    };

    private UnionRelation BindUnion(UnionBody union, Scope scope)
    {
        var uses = union.Arms.Select(arm => scope.Arena.Use(Bind(arm, scope.Sibling()))).ToList();
        var columns = uses[0].Relation.Columns;
        for (var i = 1; i < uses.Count; i++)
        {
            if (uses[i].Relation.Columns.Count != columns.Count)
            {
                throw new GoogleSqlException($"Queries in UNION {(union.Distinct ? "DISTINCT" : "ALL")} have mismatched column count; query 1 has {columns.Count} columns, query {i + 1} has {uses[i].Relation.Columns.Count} columns", union.Arms[i].Position);
            }
        }

        var byColumn = columns.Select((_, i) => Unify(union, uses, i)).ToList();
        var relation = scope.Arena.Add(new UnionRelation([.. uses.Select((use, arm) => new UnionArm(use, [.. byColumn.Select(c => c[arm])]))], union.Distinct));
        relation.Columns.AddRange(columns.Select((c, i) => new RelationColumn(c.Name, byColumn[i][0].Type)));
        return relation;
    }

    private static IReadOnlyList<Bound> Unify(UnionBody union, List<RelationUse> uses, int column)
    {
        List<Bound> values = [.. uses.Select((use, arm) => use.Column(column, union.Arms[arm].Position))];
        return Coercion.Common(values) is { } type
            ? [.. values.Select(v => Coercion.To(v, type))]
            : throw new GoogleSqlException($"Column {column + 1} in UNION {(union.Distinct ? "DISTINCT" : "ALL")} has incompatible types: {string.Join(", ", values.Select(v => v.Type.Name()))}", union.Arms[1].Position);
    }

    private SelectRelation Order(Query query, Relation relation, Scope visible)
    {
        var scope = visible.Sibling();
        var use = scope.Arena.Use(relation);
        scope.Add(null, use, query.Position);
        var (limit, offset) = BindLimit(query, visible);
        var ordered = new SelectRelation { From = new FromRelation(use), Limit = limit, Offset = offset };
        for (var i = 0; i < relation.Columns.Count; i++)
        {
            ordered.Add(relation.Columns[i].Name, use.Column(i, query.Position));
        }

        var binder = Expressions(scope, new Clause("ORDER BY clause after UNION"));
        ordered.OrderBy = [.. query.OrderBy.Select(item => new OrderKey(
            Ordinals.Find(item.Expression, ordered.Outputs, "ORDER BY") ?? SortKeys.Check(binder.Bind(item.Expression), "ORDER BY"), item.Descending, item.NullsFirst))];
        return scope.Arena.Add(ordered);
    }

    private Constant? BindCount(Expression? count, string keyword, Scope scope)
    {
        if (count is null)
        {
            return null;
        }

        return Expressions(scope.Sibling(), Clause.Limit).Bind(count) is Constant { Type: SqlType.Int64, Value: >= 0L } constant
            ? constant
            : throw new GoogleSqlException($"{keyword} expects a non-negative integer literal or parameter", count.Position);
    }
}
