using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// PIVOT: a column for each value asked for, by grouping over all columns that neither the aggregates nor FOR name, with each
/// aggregate over the rows of that value alone.
/// </summary>
internal sealed class PivotBinder(QueryBinder queries, FromBinder from)
{
    public Relation Bind(PivotItem pivot, Scope scope)
    {
        var probe = scope.Sibling();
        from.Bind(pivot.Of, probe);
        var used = Names(pivot).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var kept = probe.Star(null, pivot.Position).Select(c => c.Name).Where(name => !used.Contains(name)).ToList();
        List<SelectItem> items = [.. kept.Select(name => new ExpressionItem(pivot.Position, new NameExpression(pivot.Position, [name]), null))];
        foreach (var value in pivot.Values)
        {
            items.AddRange(pivot.Aggregates.Select(a => Column(pivot, a, value)));
        }

        var body = new SelectBody(pivot.Position, false, items)
        {
            From = pivot.Of,
            GroupBy = [.. kept.Select(name => new NameExpression(pivot.Position, [name]))],
        };
        return queries.Bind(new Query(pivot.Position, [], body, [], null, null), scope.Sibling());
    }

    private static ExpressionItem Column(PivotItem pivot, (Expression Call, string? Alias) aggregate, (Expression Value, string? Alias) value)
    {
        var call = aggregate.Call as CallExpression ?? throw new GoogleSqlException("PIVOT expression must be an aggregate function call", aggregate.Call.Position);
        var isValue = new OperatorExpression(pivot.Position, "=", [pivot.For, value.Value]);
        var narrowed = call.Star
            ? new CallExpression(call.Position, "COUNTIF", [isValue])
            : call with { Arguments = [new CallExpression(call.Position, "IF", [isValue, call.Arguments[0], new LiteralExpression(call.Position, SqlType.Null, null)]), .. call.Arguments.Skip(1)] };
        var name = value.Alias ?? NameOf(value.Value);
        return new ExpressionItem(pivot.Position, narrowed, aggregate.Alias is null ? name : $"{aggregate.Alias}_{name}");
    }

    private static string NameOf(Expression value) => value switch
    {
        LiteralExpression { Value: string text } => text,
        LiteralExpression { Value: long number } => FormattableString.Invariant($"{(number < 0 ? "minus_" : "_")}{Math.Abs((decimal)number)}"),
        LiteralExpression { Value: bool flag } => flag ? "true" : "false",
        LiteralExpression { Value: null } => "NULL",
        TypedLiteral { Type: SqlType.Date } date => "_" + date.Text.Replace('-', '_'),
        _ => throw new GoogleSqlException("Not supported: a PIVOT value of this kind without an alias", value.Position),
    };

    // The columns that the aggregates and FOR read, by name.
    private static IEnumerable<string> Names(PivotItem pivot) => pivot.Aggregates.Select(a => a.Call).Append(pivot.For).SelectMany(Names);

    private static IEnumerable<string> Names(Expression expression) => expression switch
    {
        NameExpression name => [name.Path[^1]],
        CallExpression call => call.Arguments.SelectMany(Names),
        OperatorExpression operation => operation.Operands.SelectMany(Names),
        ChainExpression chain => chain.Operands.SelectMany(Names),
        CastExpression cast => Names(cast.Value),
        ExtractExpression extract => Names(extract.Value),
        _ => [],
    };
}
