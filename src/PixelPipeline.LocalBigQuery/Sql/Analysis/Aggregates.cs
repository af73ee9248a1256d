using System.Collections.Frozen;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>The aggregate functions: their arguments and types.</summary>
internal static class Aggregates
{
    private static readonly FrozenSet<string> OfTwo = FrozenSet.Create(StringComparer.Ordinal, "CORR", "COVAR_SAMP", "COVAR_POP", "APPROX_QUANTILES", "APPROX_TOP_COUNT");
    private static readonly FrozenSet<string> Ordered = FrozenSet.Create(StringComparer.Ordinal, "STRING_AGG", "ARRAY_AGG", "ARRAY_CONCAT_AGG");

    public static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "COUNT", "COUNTIF", "SUM", "AVG", "MIN", "MAX", "ANY_VALUE", "APPROX_COUNT_DISTINCT", "LOGICAL_AND", "LOGICAL_OR", "STRING_AGG",
        "ARRAY_AGG", "ARRAY_CONCAT_AGG", "APPROX_QUANTILES", "APPROX_TOP_COUNT", "BIT_AND", "BIT_OR", "BIT_XOR",
        "STDDEV", "STDDEV_SAMP", "STDDEV_POP", "VARIANCE", "VAR_SAMP", "VAR_POP", "CORR", "COVAR_SAMP", "COVAR_POP");

    /// <summary>The call, resolved.</summary>
    /// <exception cref="GoogleSqlException">The arguments do not fit.</exception>
    public static AggregateNode Bind(ExpressionBinder binder, CallExpression call, Window? over = null)
    {
        if (call.Safe || (call.Star && call.Name != "COUNT"))
        {
            throw new GoogleSqlException(call.Safe ? $"Not supported: SAFE.{call.Name}" : $"Argument * can only be used in COUNT(*), not in {call.Name}", call.Position);
        }

        if (call.Star)
        {
            return call.Distinct
                ? throw new GoogleSqlException("COUNT(*) cannot be used with DISTINCT", call.Position)
                : new AggregateNode(call.Name, SqlType.Int64, call.Position, []) { Over = over };
        }

        List<Bound> arguments = [.. call.Arguments.Select(binder.Bind).Select((a, i) => Typed(a, call.Name))];
        if (over is null && arguments.Exists(a => a.Any(b => b is AggregateNode)))
        {
            throw new GoogleSqlException("Aggregations of aggregations are not allowed", call.Position);
        }

        CheckCount(call, arguments);
        CheckModifiers(call, arguments);
        arguments = Converted(call.Name, arguments);
        return new AggregateNode(call.Name, TypeOf(call, arguments) ?? throw NoSignature(call, arguments), call.Position, arguments)
        {
            Distinct = call.Distinct,
            IgnoreNulls = call.IgnoreNulls == true,
            OrderBy = [.. call.OrderBy.Select(o => new OrderKey(binder.Bind(o.Expression), o.Descending, o.NullsFirst))],
            Limit = call.Limit is null ? null : Limit(binder, call.Limit),
            Having = call.Having is { } having ? binder.Bind(having.Expression) : null,
            HavingMax = call.Having?.Max ?? false,
            Over = over,
        };
    }

    public static GoogleSqlException NoSignature(CallExpression call, IReadOnlyList<Bound> arguments) => new(
        $"No matching signature for aggregate function {call.Name} for argument types: {string.Join(", ", arguments.Select(a => a.Type.Name()))}", call.Position);

    private static void CheckCount(CallExpression call, List<Bound> arguments)
    {
        var wanted = OfTwo.Contains(call.Name) ? 2 : 1;
        if (arguments.Count != wanted && !(arguments.Count == 2 && call.Name == "STRING_AGG"))
        {
            throw NoSignature(call, arguments);
        }
    }

    private static void CheckModifiers(CallExpression call, List<Bound> arguments)
    {
        if (call.OrderBy.Count + (call.Limit is null ? 0 : 1) > 0 && !Ordered.Contains(call.Name))
        {
            throw new GoogleSqlException($"ORDER BY and LIMIT in arguments of {call.Name} are not supported", call.Position);
        }

        if (call.IgnoreNulls is not null && call.Name is not ("ARRAY_AGG" or "ARRAY_CONCAT_AGG"))
        {
            throw new GoogleSqlException($"IGNORE NULLS and RESPECT NULLS in arguments of {call.Name} are not supported", call.Position);
        }

        if (call.Having is not null && call.Name != "ANY_VALUE")
        {
            throw new GoogleSqlException($"Not supported: HAVING inside the call of {call.Name}", call.Position);
        }

        if (call.Distinct && !arguments[0].Type.IsComparable)
        {
            throw new GoogleSqlException($"Aggregate functions with DISTINCT cannot be used with arguments of type {arguments[0].Type.Kind.ToString().ToUpperInvariant()}", call.Position);
        }
    }

    private static List<Bound> Converted(string name, List<Bound> arguments) => name switch
    {
        "STDDEV" or "STDDEV_SAMP" or "STDDEV_POP" or "VARIANCE" or "VAR_SAMP" or "VAR_POP" or "CORR" or "COVAR_SAMP" or "COVAR_POP" =>
            [.. arguments.Select(a => Coercion.Cost(a, SqlType.Float64) is null ? a : Coercion.To(a, SqlType.Float64))],
        _ => arguments,
    };

    private static DataType? TypeOf(CallExpression call, List<Bound> arguments)
    {
        var value = arguments[0].Type;
        return call.Name switch
        {
            "COUNT" or "APPROX_COUNT_DISTINCT" => SqlType.Int64,
            "COUNTIF" => value == SqlType.Bool ? SqlType.Int64 : null,
            "LOGICAL_AND" or "LOGICAL_OR" => value == SqlType.Bool ? SqlType.Bool : null,
            "BIT_AND" or "BIT_OR" or "BIT_XOR" => value == SqlType.Int64 ? SqlType.Int64 : null,
            "MIN" or "MAX" => value.IsComparable ? value : null,
            "ANY_VALUE" => value,
            "SUM" => value.Kind is SqlType.Int64 or SqlType.Float64 or SqlType.Numeric ? value : null,
            "AVG" => value == SqlType.Int64 ? SqlType.Float64 : value.Kind is SqlType.Float64 or SqlType.Numeric ? value : null,
            "STRING_AGG" => value.Kind is SqlType.String or SqlType.Bytes && (arguments.Count == 1 || arguments[1] is Constant { Value: not null } delimiter && delimiter.Type == value) ? value : null,
            "ARRAY_AGG" => value.IsArray ? null : DataType.ArrayOf(value),
            "ARRAY_CONCAT_AGG" => value.IsArray ? value : null,
            "APPROX_QUANTILES" => value.IsComparable && IsCount(arguments[1]) ? DataType.ArrayOf(value) : null,
            "APPROX_TOP_COUNT" => value.IsComparable && IsCount(arguments[1])
                ? DataType.ArrayOf(DataType.StructOf([new StructField("value", value), new StructField("count", SqlType.Int64)]))
                : null,
            _ => value == SqlType.Float64 ? SqlType.Float64 : null,
        };
    }

    private static bool IsCount(Bound bound) => bound is Constant { Value: long and > 0 and <= 10_000 };

    private static long Limit(ExpressionBinder binder, Expression limit) => binder.Bind(limit) is Constant { Value: long count and >= 0 }
        ? count
        : throw new GoogleSqlException("LIMIT expects a non-negative integer literal or parameter", limit.Position);

    private static Bound Typed(Bound value, string name) => value.Type == SqlType.Null ? Coercion.To(value, name is "STRING_AGG" ? SqlType.String : SqlType.Int64) : value;
}
