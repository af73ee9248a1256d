using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// Makes the relation of one SELECT, in up to three layers: one that groups, one that computes windows, and one that
/// orders, cuts and names what is left.
/// </summary>
internal sealed class SelectBinder(QueryBinder queries, FromBinder from, Scope scope, SelectBody body)
{
    private SelectExpressions _expressions = new([], null, null, []);

    /// <summary>The relation, with the order and the cut that the query around has.</summary>
    public Relation Bind(Query query)
    {
        if (body.From is null && (body.Where is not null || body.GroupBy.Count > 0 || body.Having is not null))
        {
            throw new GoogleSqlException("Query without FROM clause cannot have a WHERE, GROUP BY or HAVING clause", body.Position);
        }

        scope.Windows = body.Windows;
        var source = body.From is null ? null : from.Bind(body.From, scope);
        var where = BindWhere();
        var items = new SelectListBinder(queries, scope).Bind(body.Items);
        var aliases = Aliases(items);
        var keys = body.GroupByAll ? KeysOf(items) : body.GroupBy.Select(key => BindKey(key, items, aliases)).ToList();
        _expressions = new SelectExpressions(
            [.. items.Select(i => i.Value)],
            body.Having is null ? null : Expressions("HAVING clause", aliases, windows: false).Condition(body.Having, "HAVING clause"),
            body.Qualify is null ? null : Expressions("QUALIFY clause", aliases, windows: true).Condition(body.Qualify, "QUALIFY clause"),
            body.Distinct ? [] : [.. query.OrderBy.Select(item => BindOrder(item, items, aliases))]);
        if (keys.Count > 0 || body.Groupings is not null || body.Having is not null || _expressions.Any(IsAggregate))
        {
            (source, where) = body.From is null ? throw new GoogleSqlException("SELECT without FROM clause cannot use aggregation", body.Position) : Group(source, where, keys);
        }

        if (_expressions.Any(IsWindow))
        {
            (source, where) = ComputeWindows(source, where);
        }
        else if (body.Qualify is not null)
        {
            throw new GoogleSqlException("The QUALIFY clause requires analytic function to be present", body.Qualify.Position);
        }

        return Finish(query, source, where, items);
    }

    private static bool IsAggregate(Bound node) => node is AggregateNode { Over: null };

    private static bool IsWindow(Bound node) => node is AggregateNode { Over: not null };

    // GROUP BY ALL: by all of the list that is neither an aggregate nor a constant.
    private static List<Bound> KeysOf(IReadOnlyList<SelectColumn> items) =>
        [.. items.Select(i => i.Value).Where(v => v is not Constant && !v.Any(IsAggregate) && !v.Any(IsWindow)).Select(v => SortKeys.Check(v, "GROUP BY"))];

    private Bound? BindWhere()
    {
        if (body.Where is null)
        {
            return null;
        }

        var conditions = Conjuncts(body.Where).Select(c => queries.Expressions(scope, Clause.Where).Condition(c, "WHERE clause")).ToList();
        foreach (var use in scope.PlainUses.Where(u => u.Relation is TableRelation))
        {
            conditions.ForEach(c => ((TableRelation)use.Relation).Restrict(c, use));
        }

        return And(conditions);
    }

    private Bound BindKey(Expression key, IReadOnlyList<SelectColumn> items, Dictionary<string, Bound?> aliases)
    {
        var aliased = key is NameExpression { Path: [var name] } && aliases.ContainsKey(name);
        var bound = Ordinals.Find(key, [.. items.Select(i => i.Value)], "GROUP BY")
            ?? queries.Expressions(scope, aliased ? Clause.GroupBy with { Aliases = aliases } : Clause.GroupBy).Bind(key);
        return bound.Any(b => b is AggregateNode)
            ? throw new GoogleSqlException("Aggregate and analytic functions are not allowed in GROUP BY", key.Position)
            : SortKeys.Check(bound, "GROUP BY");
    }

    private OrderKey BindOrder(OrderItem item, IReadOnlyList<SelectColumn> items, Dictionary<string, Bound?> aliases)
    {
        var value = Ordinals.Find(item.Expression, [.. items.Select(i => i.Value)], "ORDER BY")
            ?? queries.Expressions(scope, new Clause("ORDER BY clause", Aggregates: true, Windows: true, aliases, AliasesWin: true)).Bind(item.Expression);
        return new OrderKey(SortKeys.Check(value, "ORDER BY"), item.Descending, item.NullsFirst);
    }

    private ExpressionBinder Expressions(string name, Dictionary<string, Bound?> aliases, bool windows) =>
        queries.Expressions(scope, new Clause(name, Aggregates: true, windows, aliases, AliasesWin: true));

    private (FromClause Source, Bound? Where) Group(FromClause? source, Bound? where, List<Bound> keys)
    {
        var layer = scope.Arena.Add(new SelectRelation { From = source, Where = where, IsGrouped = true, GroupBy = keys, Groupings = body.Groupings });
        var use = scope.Arena.Use(layer);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Count; i++)
        {
            // Where there is a HAVING, a key is found again by its column, alias or number alone, as in the reference.
            var isFound = body.Having is null || body.GroupByAll || body.GroupBy[i] is NameExpression or LiteralExpression;
            places.TryAdd(isFound ? keys[i].Key : "", layer.Add("", keys[i]));
        }

        _expressions.Rewrite((node, isWhole) =>
        {
            if (IsAggregate(node) && !places.ContainsKey(node.Key))
            {
                CheckIsOwn(node);
                places[node.Key] = layer.Add("", node);
            }

            // Of a list's item a key that is no column is all or nothing: v + 1 does not group v + 1 + 1.
            return (isWhole || node is ColumnRef or AggregateNode or OperationNode { Operation: Operation.Field }) && places.TryGetValue(node.Key, out var place) ? use.Column(place, node.Position)
                : node is ColumnRef column && scope.Owns(column)
                    ? throw new GoogleSqlException($"Expression references column {column.Name} which is neither grouped nor aggregated", column.Position)
                    : null;
        });
        return (new FromRelation(use), _expressions.Having);
    }

    // An engine computes an aggregate in the query that its columns are of, even if that is one further out; GoogleSQL, where it stands.
    private void CheckIsOwn(Bound aggregate)
    {
        var isOwn = aggregate.Any(b => b is ColumnRef column && scope.Owns(column));
        if (aggregate.Any(b => b is SubqueryNode) || (!isOwn && aggregate.Any(b => b is OuterRef)))
        {
            throw new GoogleSqlException("Not supported: an aggregate function over a subquery, or over columns of an outer query alone", aggregate.Position);
        }
    }

    private (FromClause Source, Bound? Where) ComputeWindows(FromClause? source, Bound? where)
    {
        var below = (source as FromRelation)?.Use;
        var layer = scope.Arena.Add(new SelectRelation { From = source, Where = where });
        var use = scope.Arena.Use(layer);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        _expressions.Rewrite((node, _) =>
        {
            if (!IsWindow(node) && !(node is ColumnRef column && (column.Use == below || scope.Owns(column))))
            {
                return null;
            }

            if (!places.TryGetValue(node.Key, out var place))
            {
                places[node.Key] = place = layer.Add("", node);
            }

            return use.Column(place, node.Position);
        });
        return (new FromRelation(use), _expressions.Qualify);
    }

    private SelectRelation Finish(Query query, FromClause? source, Bound? where, IReadOnlyList<SelectColumn> items)
    {
        // What DISTINCT leaves is ordered and cut afterwards, by what is visible then.
        var (limit, offset) = body.Distinct ? (null, null) : queries.BindLimit(query, scope);
        var relation = new SelectRelation { From = source, Where = where, Distinct = body.Distinct, OrderBy = _expressions.OrderBy, Limit = limit, Offset = offset };
        if (body.AsStruct)
        {
            var type = DataType.StructOf([.. items.Select(i => new StructField(i.IsAnonymous ? null : i.Name, i.Value.Type))]);
            relation.Add("", new OperationNode(Operation.Struct, type, body.Position, _expressions.Items));
        }
        else
        {
            for (var i = 0; i < items.Count; i++)
            {
                relation.Add(items[i].Name, Coercion.To(_expressions.Items[i], items[i].Value.Type));
            }
        }

        if (body.Distinct && relation.Columns.Find(c => !c.Type.IsComparable) is { } column)
        {
            throw new GoogleSqlException($"Column {column.Name} of type {column.Type.Name()} cannot be used in SELECT DISTINCT", body.Position);
        }

        return scope.Arena.Add(relation);
    }

    private static Dictionary<string, Bound?> Aliases(IReadOnlyList<SelectColumn> items)
    {
        Dictionary<string, Bound?> aliases = new(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items.Where(i => !i.IsAnonymous))
        {
            aliases[item.Name] = aliases.TryGetValue(item.Name, out var other) && other?.Key != item.Value.Key ? null : item.Value;
        }

        return aliases;
    }

    private static IEnumerable<Expression> Conjuncts(Expression condition)
    {
        Nesting.Check(condition.Position);
        return condition is ChainExpression { Operator: "AND" } chain ? chain.Operands.SelectMany(Conjuncts) : [condition];
    }

    private static Bound And(List<Bound> conditions) => conditions.Count == 1
        ? conditions[0]
        : new OperationNode(Operation.And, SqlType.Bool, conditions[0].Position, conditions);
}
