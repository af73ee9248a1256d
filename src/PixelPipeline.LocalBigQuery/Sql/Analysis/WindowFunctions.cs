using System.Collections.Frozen;
using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Functions with OVER: numbering, navigation, and aggregates over a window.</summary>
internal static class WindowFunctions
{
    private static readonly FrozenSet<string> Numbering = FrozenSet.Create(StringComparer.Ordinal, "ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE");
    private static readonly FrozenSet<string> Navigation = FrozenSet.Create(StringComparer.Ordinal, "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE");

    /// <summary>Those that are nothing without OVER.</summary>
    public static readonly FrozenSet<string> Names = Numbering.Concat(Navigation).ToFrozenSet(StringComparer.Ordinal);

    public static Bound Bind(ExpressionBinder binder, CallExpression call)
    {
        var (window, inner) = (call.Over!, binder.In(binder.Clause.WindowArgument));
        var over = OverParts(inner, window);
        var (type, parts) = Numbering.Contains(call.Name) ? Numbered(inner, call, window)
            : Navigation.Contains(call.Name) ? Navigated(inner, call, window)
            : Aggregates.Names.Contains(call.Name) ? Aggregated(inner, call)
            : throw new GoogleSqlException($"Function {call.Name} does not support an OVER clause", call.Position);
        if (parts.Concat(over).OfType<Bound>().Any(b => b.Any(inside => inside is Composite { Role: CompositeRole.Window })))
        {
            throw new GoogleSqlException("Analytic function cannot be an argument of another analytic function", call.Position);
        }

        return new Composite(type, call.Position, CompositeRole.Window, [.. parts.SelectMany(p => p == Aggregates.Over ? over : [p])]) { Name = call.Name };
    }

    private static (SqlType Type, IReadOnlyList<object> Parts) Numbered(ExpressionBinder binder, CallExpression call, WindowSpecification window)
    {
        if (call.Distinct || call.Star || call.Safe || call.Arguments.Count != (call.Name == "NTILE" ? 1 : 0))
        {
            throw NoSignature(binder, call);
        }

        if (window.OrderBy.Count == 0 && call.Name != "ROW_NUMBER")
        {
            throw new GoogleSqlException($"Window ORDER BY is required for analytic function {call.Name}", call.Position);
        }

        if (window.Frame is not null)
        {
            throw new GoogleSqlException($"Window framing clause is not allowed for analytic function {call.Name}", window.Position);
        }

        var type = call.Name is "PERCENT_RANK" or "CUME_DIST" ? SqlType.Float64 : SqlType.Int64;
        return (type, [$"{call.Name.ToLowerInvariant()}(", .. call.Arguments.Select(a => PositiveInteger(binder, a)), ")", Aggregates.Over]);
    }

    private static (SqlType Type, IReadOnlyList<object> Parts) Navigated(ExpressionBinder binder, CallExpression call, WindowSpecification window)
    {
        var isOffset = call.Name is "LAG" or "LEAD";
        var (least, most) = isOffset ? (1, 3) : call.Name == "NTH_VALUE" ? (2, 2) : (1, 1);
        if (call.Distinct || call.Star || call.Safe || call.Arguments.Count < least || call.Arguments.Count > most)
        {
            throw NoSignature(binder, call);
        }

        if (isOffset && (window.OrderBy.Count == 0 || window.Frame is not null))
        {
            throw new GoogleSqlException(window.Frame is null ? $"Window ORDER BY is required for analytic function {call.Name}" : $"Window framing clause is not allowed for analytic function {call.Name}", call.Position);
        }

        var value = binder.Bind(call.Arguments[0]);
        List<object> parts = [$"{call.Name.ToLowerInvariant()}("];
        var fallback = call.Arguments.Count == 3 ? binder.Bind(call.Arguments[2]) : null;
        var unified = fallback is null ? [value] : Coercion.Unify([value, fallback], $"analytic function {call.Name}", call.Position);
        parts.Add(unified[0]);
        if (call.Arguments.Count > 1)
        {
            parts.AddRange([", ", PositiveInteger(binder, call.Arguments[1], isOffset ? 0 : 1)]);
        }

        if (fallback is not null)
        {
            parts.AddRange([", ", unified[1]]);
        }

        return (unified[0].Type, [.. parts, ")", Aggregates.Over]);
    }

    private static (SqlType Type, IReadOnlyList<object> Parts) Aggregated(ExpressionBinder binder, CallExpression call)
    {
        var (type, parts) = Aggregates.Parts(binder, call);
        return call.Distinct || call.Name == "APPROX_COUNT_DISTINCT" || parts.Any(p => p is NumericAggregate)
            ? throw new GoogleSqlException($"Not supported: {call.Name}{(call.Distinct ? " DISTINCT" : type == SqlType.Numeric ? " of NUMERIC" : "")} with OVER", call.Position)
            : (type, parts);
    }

    private static List<object> OverParts(ExpressionBinder binder, WindowSpecification window)
    {
        List<object> parts = [" OVER ("];
        foreach (var key in window.PartitionBy.Select(binder.Bind))
        {
            parts.AddRange([parts.Count == 1 ? "PARTITION BY " : ", ", key, key.Type == SqlType.Numeric ? Collation.Numeric : ""]);
        }

        for (var i = 0; i < window.OrderBy.Count; i++)
        {
            var item = window.OrderBy[i];
            parts.Add(i == 0 ? " ORDER BY " : ", ");
            parts.AddRange(new OrderKey(binder.Bind(item.Expression), item.Descending, item.NullsFirst).Parts);
        }

        return [.. parts, window.Frame is null ? "" : $" {window.Frame}", ")"];
    }

    private static Constant PositiveInteger(ExpressionBinder binder, Expression expression, long least = 1) =>
        binder.Bind(expression) is Constant { Type: SqlType.Int64, Value: long value } constant && value >= least
            ? constant
            : throw new GoogleSqlException($"The argument has to be an INT64 literal or parameter of at least {least}", expression.Position);

    private static GoogleSqlException NoSignature(ExpressionBinder binder, CallExpression call) =>
        new($"No matching signature for analytic function {call.Name} for argument types: {string.Join(", ", call.Arguments.Select(a => binder.Bind(a).Type.Name()))}", call.Position);
}
