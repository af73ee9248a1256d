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
            var selected = new SelectBinder(this, _from, visible.Sibling(), select).Bind(query);
            return select.Distinct && (query.OrderBy.Count > 0 || query.Limit is not null) ? Order(query, selected, visible) : selected;
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

            var visible = scope.Sibling(new Dictionary<string, Relation>(tables, StringComparer.OrdinalIgnoreCase));
            tables[table.Name] = query.IsRecursive ? BindRecursive(table, visible) : Bind(table.Query, visible);
        }

        return scope.Sibling(tables);
    }

    // A table that reads itself begins with the rows of the first arm, whose columns it has.
    private Relation BindRecursive(CommonTable table, Scope scope)
    {
        if (table.Query is not { Body: SetBody { Operator: SetOperator.UnionAll or SetOperator.UnionDistinct, Arms: [var first, var next] } set, With.Count: 0, OrderBy.Count: 0, Limit: null })
        {
            return Bind(table.Query, scope); // one that does not
        }

        var start = scope.Arena.Use(Bind(first, scope.Sibling()));
        var relation = new RecursiveRelation { Distinct = set.Operator == SetOperator.UnionDistinct };
        relation.Columns.AddRange(start.Relation.Columns.Where(c => !c.IsHidden).Select(c => new RelationColumn(c.Name, c.Type == SqlType.Null ? SqlType.Int64 : c.Type)));
        scope.Arena.Add(relation);
        var tables = new Dictionary<string, Relation>(scope.CommonTables, StringComparer.OrdinalIgnoreCase) { [table.Name] = relation };
        var step = scope.Arena.Use(Bind(next, scope.Sibling(tables)));
        if (step.Relation.Columns.Count != relation.Columns.Count)
        {
            throw new GoogleSqlException("Queries in UNION ALL have mismatched column count", next.Position);
        }

        (relation.First, relation.Next) = (ArmOf(start, relation, first.Position), ArmOf(step, relation, next.Position));
        return relation;
    }

    private static SetArm ArmOf(RelationUse use, RecursiveRelation relation, SourcePosition position) => new(use, [.. relation.Columns.Select((column, i) =>
    {
        var value = use.Column(i, position);
        return Coercion.Cost(value, column.Type) is null
            ? throw new GoogleSqlException($"Column {i + 1} of the recursive term has type {value.Type.Name()}, not {column.Type.Name()}", position)
            : Coercion.To(value, column.Type);
    })]);

    private Relation Bind(QueryBody body, Scope scope) => body switch
    {
        Query query => Bind(query, scope),
        SetBody set => BindSet(set, scope),
        _ => Bind(new Query(body.Position, [], body, [], null, null), scope),
    };

    private SetRelation BindSet(SetBody set, Scope scope)
    {
        var uses = set.Arms.Select(arm => scope.Arena.Use(Bind(arm, scope.Sibling()))).ToList();
        var columns = uses[0].Relation.Columns;
        var name = set.Operator switch
        {
            SetOperator.UnionAll => "UNION ALL",
            SetOperator.UnionDistinct => "UNION DISTINCT",
            SetOperator.IntersectDistinct => "INTERSECT DISTINCT",
            _ => "EXCEPT DISTINCT",
        };
        for (var i = 1; i < uses.Count; i++)
        {
            if (uses[i].Relation.Columns.Count != columns.Count)
            {
                throw new GoogleSqlException($"Queries in {name} have mismatched column count; query 1 has {columns.Count} columns, query {i + 1} has {uses[i].Relation.Columns.Count} columns", set.Arms[i].Position);
            }
        }

        var byColumn = columns.Select((_, i) => Unify(set, name, uses, i)).ToList();
        var relation = scope.Arena.Add(new SetRelation([.. uses.Select((use, arm) => new SetArm(use, [.. byColumn.Select(c => c[arm])]))], set.Operator));
        relation.Columns.AddRange(columns.Select((c, i) => new RelationColumn(c.Name, byColumn[i][0].Type)));
        return relation;
    }

    private static IReadOnlyList<Bound> Unify(SetBody set, string name, List<RelationUse> uses, int column)
    {
        List<Bound> values = [.. uses.Select((use, arm) => LiteralOr(use.Relation, column, use.Column(column, set.Arms[arm].Position)))];
        if (Coercion.Common(values) is not { } type)
        {
            throw new GoogleSqlException($"Column {column + 1} in {name} has incompatible types: {string.Join(", ", values.Select(v => v.Type.Name()))}", set.Arms[1].Position);
        }

        return set.Operator == SetOperator.UnionAll || type.IsComparable
            ? [.. values.Select(v => Coercion.To(v, type))]
            : throw new GoogleSqlException($"Column {column + 1} in {name} has type that does not support set operation comparisons: {type.Name()}", set.Arms[0].Position);
    }

    // A literal of a SELECT list adapts its type here, too.
    public static Bound LiteralOr(Relation relation, int column, Bound value) =>
        relation is SelectRelation { Limit: null, Distinct: false } select && select.Outputs[column] is Constant { IsLiteral: true } literal ? literal : value;

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

        var binder = Expressions(scope, new Clause("ORDER BY clause of what is distinct or united"));
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

        return Expressions(scope.Sibling(), Clause.Limit).Bind(count) is Constant { Type.Kind: SqlType.Int64, Value: >= 0L } constant
            ? constant
            : throw new GoogleSqlException($"{keyword} expects a non-negative integer literal or parameter", count.Position);
    }
}
