using System.Collections.Frozen;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Functions with OVER: numbering, navigation, percentiles, and aggregates over a window.</summary>
internal static class WindowFunctions
{
    private static readonly FrozenSet<string> Numbering = FrozenSet.Create(StringComparer.Ordinal, "ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE");
    private static readonly FrozenSet<string> Navigation = FrozenSet.Create(StringComparer.Ordinal, "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE");
    private static readonly FrozenSet<string> Percentiles = FrozenSet.Create(StringComparer.Ordinal, "PERCENTILE_CONT", "PERCENTILE_DISC");

    /// <summary>Those that are nothing without OVER.</summary>
    public static readonly FrozenSet<string> Names = Numbering.Concat(Navigation).Concat(Percentiles).ToFrozenSet(StringComparer.Ordinal);

    public static Bound Bind(ExpressionBinder binder, CallExpression call)
    {
        var (specification, inner) = (binder.Window(call.Over!), binder.In(binder.Clause.WindowArgument));
        var window = new Window(
            [.. specification.PartitionBy.Select(inner.Bind)],
            [.. specification.OrderBy.Select(o => new OrderKey(inner.Bind(o.Expression), o.Descending, o.NullsFirst))],
            specification.Frame);
        CheckKeys(window, call);
        var node = Numbering.Contains(call.Name) ? Numbered(inner, call, window)
            : Navigation.Contains(call.Name) ? Navigated(inner, call, window)
            : Percentiles.Contains(call.Name) ? Percentile(inner, call, window)
            : Aggregates.Names.Contains(call.Name) && !call.Name.StartsWith("APPROX_", StringComparison.Ordinal) ? Aggregated(inner, call, window)
            : throw new GoogleSqlException($"Function {call.Name} does not support an OVER clause", call.Position);
        return node.Children.Any(c => c.Any(inside => inside is AggregateNode { Over: not null }))
            ? throw new GoogleSqlException("Analytic function cannot be an argument of another analytic function", call.Position)
            : node;
    }

    private static void CheckKeys(Window window, CallExpression call)
    {
        if (window.PartitionBy.FirstOrDefault(p => !p.Type.IsComparable || p.Type == SqlType.Float64) is { } partition)
        {
            throw new GoogleSqlException($"Partitioning by expressions of type {partition.Type.Name()} is not allowed", partition.Position);
        }

        if (window.OrderBy.FirstOrDefault(o => !o.Value.Type.IsComparable) is { } order)
        {
            throw new GoogleSqlException($"Ordering by expressions of type {order.Value.Type.Name()} is not allowed", order.Value.Position);
        }

        if (window.Frame is { } frame && frame.StartsWith("RANGE", StringComparison.Ordinal) && frame.AsSpan().ContainsAnyInRange('0', '9')
            && !(window.OrderBy is [var key] && key.Value.Type.Kind is SqlType.Int64 or SqlType.Numeric or SqlType.Float64))
        {
            throw new GoogleSqlException("RANGE with an offset needs one numeric key in ORDER BY", call.Position);
        }
    }

    private static AggregateNode Numbered(ExpressionBinder binder, CallExpression call, Window window)
    {
        if (call.Distinct || call.Star || call.Safe || call.Arguments.Count != (call.Name == "NTILE" ? 1 : 0))
        {
            throw NoSignature(binder, call);
        }

        RequireOrder(call, window, call.Name != "ROW_NUMBER");
        return new AggregateNode(
            call.Name, call.Name is "PERCENT_RANK" or "CUME_DIST" ? SqlType.Float64 : SqlType.Int64, call.Position, [.. call.Arguments.Select(a => PositiveInteger(binder, a))])
        { Over = window };
    }

    private static AggregateNode Navigated(ExpressionBinder binder, CallExpression call, Window window)
    {
        var isOffset = call.Name is "LAG" or "LEAD";
        var (least, most) = isOffset ? (1, 3) : call.Name == "NTH_VALUE" ? (2, 2) : (1, 1);
        if (call.Distinct || call.Star || call.Safe || call.Arguments.Count < least || call.Arguments.Count > most)
        {
            throw NoSignature(binder, call);
        }

        if (isOffset)
        {
            RequireOrder(call, window, isRequired: true);
        }

        if (isOffset && call.IgnoreNulls is not null)
        {
            throw new GoogleSqlException($"IGNORE NULLS and RESPECT NULLS are not allowed for analytic function {call.Name}", call.Position);
        }

        var value = Coercion.Typed(binder.Bind(call.Arguments[0]));
        List<Bound> arguments = call.Arguments.Count == 3
            ? [.. Coercion.Unify([value, binder.Bind(call.Arguments[2])], $"analytic function {call.Name}", call.Position)]
            : [value];
        if (call.Arguments.Count > 1)
        {
            arguments.Insert(1, PositiveInteger(binder, call.Arguments[1], isOffset ? 0 : 1));
        }

        return new AggregateNode(call.Name, arguments[0].Type, call.Position, arguments) { Over = window, IgnoreNulls = call.IgnoreNulls == true };
    }

    private static AggregateNode Percentile(ExpressionBinder binder, CallExpression call, Window window)
    {
        if (call.Arguments.Count != 2 || call.Distinct || call.Star || window.OrderBy.Count > 0 || window.Frame is not null || call.IgnoreNulls == false)
        {
            throw call.IgnoreNulls == false ? new GoogleSqlException($"Not supported: RESPECT NULLS in {call.Name}", call.Position) : NoSignature(binder, call);
        }

        var value = Coercion.Typed(binder.Bind(call.Arguments[0]));
        if (call.Name == "PERCENTILE_CONT" || value.Type == SqlType.Int64)
        {
            value = Coercion.Cost(value, SqlType.Float64) is null ? throw NoSignature(binder, call) : call.Name == "PERCENTILE_CONT" ? Coercion.To(value, SqlType.Float64) : value;
        }

        var share = binder.Bind(call.Arguments[1]);
        return Coercion.Cost(share, SqlType.Float64) is not null && Coercion.To(share, SqlType.Float64) is Constant { Value: double and >= 0 and <= 1 } constant
            ? new AggregateNode(call.Name, value.Type, call.Position, [value, constant]) { Over = window }
            : throw new GoogleSqlException($"The second argument of {call.Name} has to be a literal or parameter from 0 to 1", call.Position);
    }

    private static AggregateNode Aggregated(ExpressionBinder binder, CallExpression call, Window window)
    {
        if (call.Name is "APPROX_QUANTILES" or "APPROX_TOP_COUNT" or "ARRAY_CONCAT_AGG" || call.OrderBy.Count > 0 || call.Limit is not null)
        {
            throw new GoogleSqlException($"Not supported: {call.Name}{(call.OrderBy.Count > 0 ? " with ORDER BY" : "")} with OVER", call.Position);
        }

        return call.Distinct && window.OrderBy.Count > 0
            ? throw new GoogleSqlException("Window ORDER BY is not allowed if DISTINCT is specified", call.Position)
            : Aggregates.Bind(binder, call, window);
    }

    private static void RequireOrder(CallExpression call, Window window, bool isRequired)
    {
        if (isRequired && window.OrderBy.Count == 0)
        {
            throw new GoogleSqlException($"Window ORDER BY is required for analytic function {call.Name}", call.Position);
        }

        if (window.Frame is not null)
        {
            throw new GoogleSqlException($"Window framing clause is not allowed for analytic function {call.Name}", call.Position);
        }
    }

    private static Constant PositiveInteger(ExpressionBinder binder, Expression expression, long least = 1) =>
        binder.Bind(expression) is Constant { Type.Kind: SqlType.Int64, Value: long value } constant && value >= least
            ? constant
            : throw new GoogleSqlException($"The argument has to be an INT64 literal or parameter of at least {least}", expression.Position);

    private static GoogleSqlException NoSignature(ExpressionBinder binder, CallExpression call) =>
        new($"No matching signature for analytic function {call.Name} for argument types: {string.Join(", ", call.Arguments.Select(a => binder.Bind(a).Type.Name()))}", call.Position);
}
