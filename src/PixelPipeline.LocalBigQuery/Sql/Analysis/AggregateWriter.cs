using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Writes aggregates and functions of windows in the engine's words.</summary>
internal static class AggregateWriter
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["COUNT"] = "count",
        ["COUNTIF"] = "count",
        ["APPROX_COUNT_DISTINCT"] = "count",
        ["MIN"] = "min",
        ["MAX"] = "max",
        ["ANY_VALUE"] = "any_value",
        ["LOGICAL_AND"] = "bool_and",
        ["LOGICAL_OR"] = "bool_or",
        ["BIT_AND"] = "bit_and",
        ["BIT_OR"] = "bit_or",
        ["BIT_XOR"] = "bit_xor",
        ["STDDEV"] = "stddev_samp",
        ["STDDEV_SAMP"] = "stddev_samp",
        ["STDDEV_POP"] = "stddev_pop",
        ["VARIANCE"] = "var_samp",
        ["VAR_SAMP"] = "var_samp",
        ["VAR_POP"] = "var_pop",
        ["CORR"] = "corr",
        ["COVAR_SAMP"] = "covar_samp",
        ["COVAR_POP"] = "covar_pop",
        ["SUM"] = "sum",
        ["AVG"] = "avg",
        ["PERCENTILE_CONT"] = "quantile_cont",
        ["PERCENTILE_DISC"] = "quantile_disc",
    };

    public static void Write(EngineWriter writer, AggregateNode node)
    {
        var over = Over(writer, node);
        writer.Append(node.Name switch
        {
            "COUNT" when node.Arguments.Count == 0 => $"count(*){over}",
            "COUNTIF" => Call(writer, node, "count", over, a => $"CASE WHEN {a} THEN 1 END"),
            "APPROX_COUNT_DISTINCT" => $"count(DISTINCT {Text(writer, node.Arguments[0])}){over}",
            "SUM" when node.Type == SqlType.Int64 => $"CAST({Call(writer, node, "sum", over)} AS BIGINT)",
            "SUM" or "AVG" when node.Type == SqlType.Numeric => OfNumeric(writer, node, over),
            "SUM" when node.Type == SqlType.Float64 => FloatSum(writer, node, over),
            "AVG" when node.Arguments[0].Type == SqlType.Float64 => FloatAverage(writer, node, over),
            "MIN" or "MAX" when node.Type == SqlType.Float64 => WithNaN(writer, node, over),
            "STRING_AGG" => StringAgg(writer, node, over),
            "ARRAY_AGG" => Cut(Call(writer, node, "list", over), node),
            "ARRAY_CONCAT_AGG" => $"flatten({Cut(Call(writer, node, "list", over), node)})",
            "APPROX_QUANTILES" => Quantiles(writer, node),
            "APPROX_TOP_COUNT" => TopCount(writer, node),
            "ANY_VALUE" when node.Having is not null => $"{(node.HavingMax ? "arg_max" : "arg_min")}({Text(writer, node.Arguments[0])}, {Text(writer, node.Having)}){over}",
            _ when Names.TryGetValue(node.Name, out var name) => Call(writer, node, name, over),
            _ => Windowed(writer, node, over),
        });
    }

    private static string Text(EngineWriter writer, Bound bound) => writer.Capture(w => w.Append(bound));

    private static string Call(EngineWriter writer, AggregateNode node, string name, string over, Func<string, string>? around = null)
    {
        var arguments = node.Arguments.Select(a => Text(writer, a)).ToList();
        arguments[0] = around is null ? arguments[0] : around(arguments[0]);
        var order = node.OrderBy.Count == 0 ? "" : writer.Capture(w => w.AppendList(" ORDER BY ", node.OrderBy, (v, k) => v.AppendKey(k)));
        var filter = node.IgnoreNulls && node.Name is "ARRAY_AGG" ? $" FILTER (WHERE {arguments[0]} IS NOT NULL)" : "";
        return $"{name}({(node.Distinct ? "DISTINCT " : "")}{string.Join(", ", arguments)}{order}){filter}{over}";
    }

    private static string Cut(string list, AggregateNode node) => node.Limit is { } limit ? $"{list}[1:{limit}]" : list;

    // The engine's sum of a NUMERIC is exact but wraps around where it overflows, which a sum of doubles beside it tells; its
    // average is a double.
    private static string OfNumeric(EngineWriter writer, AggregateNode node, string over)
    {
        var size = Call(writer, node, "sum", over, a => $"CAST({a} AS DOUBLE)");
        var sum = Call(writer, node, "sum", over);
        if (node.Name == "AVG")
        {
            var divide = Functions.FunctionTable.Find("/").First(f => f.Parameters[0] == SqlType.Numeric);
            writer.Functions.Add(divide);
            sum = $"{divide.EngineName}({sum}, CAST(nullif({Call(writer, node, "count", over)}, 0) AS DECIMAL(38, 9)))";
        }

        return $"CASE WHEN abs({size}) >= 1e29 THEN CAST(error('numeric overflow: {node.Name}') AS DECIMAL(38, 9)) ELSE {sum} END";
    }

    // Infinity that no value has is an overflow.
    private static string FloatSum(EngineWriter writer, AggregateNode node, string over)
    {
        var (sum, value) = (Call(writer, node, "sum", over), Text(writer, node.Arguments[0]));
        return $"CASE WHEN isinf({sum}) AND NOT bool_or(isinf({value})){over} THEN CAST(error('double overflow: SUM') AS DOUBLE) ELSE {sum} END";
    }

    // The reference goes from mean to mean: it does not overflow as a sum does, and an infinity with something behind it is NaN.
    private static string FloatAverage(EngineWriter writer, AggregateNode node, string over)
    {
        var (average, value) = (Call(writer, node, "avg", over), Text(writer, node.Arguments[0]));
        var last = over.Length == 0 ? $"last({value}) FILTER (WHERE {value} IS NOT NULL)" : $"last_value({value} IGNORE NULLS){over}";
        return $"CASE WHEN NOT isinf({average}) THEN {average} WHEN NOT bool_or(isinf({value})){over} THEN {Call(writer, node, "avg", over, a => $"({a} * 1.52587890625e-05)")} * 65536 "
            + $"WHEN count({value}){over} > 1 AND NOT isinf({last}) THEN CAST('nan' AS DOUBLE) ELSE {average} END";
    }

    // One NaN makes it NaN.
    private static string WithNaN(EngineWriter writer, AggregateNode node, string over) =>
        $"CASE WHEN bool_or(isnan({Text(writer, node.Arguments[0])})){over} THEN CAST('nan' AS DOUBLE) ELSE {Call(writer, node, node.Name.ToLowerInvariant(), over)} END";

    private static string StringAgg(EngineWriter writer, AggregateNode node, string over)
    {
        if (node.Type == SqlType.Bytes)
        {
            throw new GoogleSqlException("Not supported: STRING_AGG of BYTES", node.Position);
        }

        var delimiter = node.Arguments.Count == 2 ? Text(writer, node.Arguments[1]) : "','";
        var value = Text(writer, node.Arguments[0]);
        var order = node.OrderBy.Count == 0 ? "" : writer.Capture(w => w.AppendList(" ORDER BY ", node.OrderBy, (v, k) => v.AppendKey(k)));
        var list = $"list({(node.Distinct ? "DISTINCT " : "")}{value}{order}) FILTER (WHERE {value} IS NOT NULL){over}";
        return $"array_to_string({Cut(list, node)}, {delimiter})";
    }

    private static string Quantiles(EngineWriter writer, AggregateNode node)
    {
        var parts = (long)((Constant)node.Arguments[1]).Value!;
        var places = string.Join(", ", Enumerable.Range(0, (int)parts + 1).Select(i => FormattableString.Invariant($"{(double)i / parts:R}")));
        return $"quantile_disc({(node.Distinct ? "DISTINCT " : "")}{Text(writer, node.Arguments[0])}, [{places}])";
    }

    private static string TopCount(EngineWriter writer, AggregateNode node)
    {
        var count = (long)((Constant)node.Arguments[1]).Value!;
        return $"list_transform(list_sort(list_transform(map_entries(histogram({Text(writer, node.Arguments[0])})), lambda e: {{'n': -CAST(e.value AS BIGINT), 'v': e.key}}))[1:{count}], lambda e: {{'f0': e.v, 'f1': -e.n}})";
    }

    private static string Windowed(EngineWriter writer, AggregateNode node, string over)
    {
        var arguments = string.Join(", ", node.Arguments.Select(a => Text(writer, a)));
        return $"{node.Name.ToLowerInvariant()}({arguments}{(node.IgnoreNulls ? " IGNORE NULLS" : "")}){over}";
    }

    private static string Over(EngineWriter writer, AggregateNode node)
    {
        if (node.Over is not { } window)
        {
            return "";
        }

        return writer.Capture(w =>
        {
            w.Append(" OVER (");
            w.AppendList(window.PartitionBy.Count == 0 ? "" : "PARTITION BY ", window.PartitionBy, (v, p) => v.Append(p));
            w.AppendList(window.OrderBy.Count == 0 ? "" : " ORDER BY ", window.OrderBy, (v, k) => v.AppendKey(k));
            w.Append(window.Frame is null ? ")" : $" {window.Frame})");
        });
    }
}
