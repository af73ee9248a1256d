using PixelPipeline.LocalBigQuery.Sql.Engine;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Writes operations in the engine's words.</summary>
internal static class OperationWriter
{
    // {0}, {1}, … stand for the operands, * for all of them.
    private static readonly Dictionary<Operation, string> Templates = new()
    {
        [Operation.Not] = "(NOT {0})",
        [Operation.IsNull] = "({0} IS NULL)",
        [Operation.IsTrue] = "({0} IS TRUE)",
        [Operation.IsFalse] = "({0} IS FALSE)",
        [Operation.IsNotDistinct] = "({0} IS NOT DISTINCT FROM {1})",
        [Operation.Equal] = "({0} = {1})",
        [Operation.NotEqual] = "({0} != {1})",
        [Operation.Less] = "({0} < {1})",
        [Operation.LessOrEqual] = "({0} <= {1})",
        [Operation.Greater] = "({0} > {1})",
        [Operation.GreaterOrEqual] = "({0} >= {1})",
        [Operation.Between] = "({0} BETWEEN {1} AND {2})",
        [Operation.InSubquery] = "({0} IN {1})",
        [Operation.InArray] = "coalesce(CASE WHEN {0} IS NULL AND len({1}) > 0 THEN NULL WHEN list_contains({1}, {0}) THEN TRUE WHEN len({1}) > len(list_filter({1}, lambda x: x IS NOT NULL)) THEN NULL ELSE FALSE END, CASE WHEN {1} IS NULL THEN FALSE END)",
        [Operation.Coalesce] = "coalesce(*)",
        [Operation.DateOfTimestamp] = "CAST({0} AS DATE)",
        [Operation.Length] = "length({0})",
        [Operation.StartsWith] = "starts_with({0}, {1})",
        [Operation.EndsWith] = "suffix({0}, {1})",
        [Operation.Like] = "({0} LIKE {1})",
        [Operation.Array] = "list_value(*)",
        [Operation.ElementOrNull] = "CASE WHEN {1} >= 0 THEN {0}[{1} + 1] END",
        [Operation.ArrayLength] = "len({0})",
        [Operation.ArrayReverse] = "list_reverse({0})",
        [Operation.ArrayToString] = "array_to_string({0}, {1})",
        [Operation.Split] = "string_split({0}, {1})",
        [Operation.GenerateArray] = "generate_series({0}, {1}, {2})",
        [Operation.GenerateDateArray] = "list_transform(generate_series(CAST({0} AS TIMESTAMP), CAST({1} AS TIMESTAMP), {2}), lambda x: CAST(x AS DATE))",
        [Operation.GenerateTimestampArray] = "generate_series({0}, {1}, {2})",
        [Operation.RegexpContains] = "regexp_matches({0}, {1})",
        [Operation.RegexpReplace] = "regexp_replace({0}, {1}, {2}, 'g')",
        [Operation.Random] = "random()",
        [Operation.Uuid] = "CAST(uuid() AS VARCHAR)",
    };

    public static void Write(EngineWriter writer, OperationNode node)
    {
        var operands = node.Children;
        switch (node.Operation)
        {
            case Operation.And or Operation.Or:
                Joined(writer, "(", operands, node.Operation == Operation.And ? " AND " : " OR ", ")");
                break;
            case Operation.Concat:
                Joined(writer, "(", operands, " || ", ")");
                break;
            case Operation.In:
                writer.Append("(").Append(operands[0]);
                Joined(writer, " IN (", operands.Skip(1), ", ", "))");
                break;
            case Operation.Case:
                WriteCase(writer, operands);
                break;
            case Operation.Greatest or Operation.Least:
                // The engine's own leave NULL out.
                Joined(writer, "CASE WHEN ", operands, " IS NOT NULL AND ", " IS NOT NULL");
                Joined(writer, node.Operation == Operation.Greatest ? " THEN greatest(" : " THEN least(", operands, ", ", ") END");
                break;
            case Operation.ArrayConcat:
                Joined(writer, "CASE WHEN ", operands, " IS NOT NULL AND ", " IS NOT NULL");
                Joined(writer, " THEN flatten([", operands, ", ", "]) END");
                break;
            case Operation.Cast:
                writer.Append("CAST(").Append(operands[0]).Append($" AS {EngineTypes.Name(node.Type)})");
                break;
            case Operation.Error:
                writer.Append("CAST(error(").Append(operands[0]).Append($") AS {EngineTypes.Name(node.Type)})");
                break;
            case Operation.RegexpExtract:
                WriteTemplate(writer, $"CASE WHEN regexp_matches({{0}}, {{1}}) THEN regexp_extract({{0}}, {{1}}, {node.Index}) END", operands);
                break;
            case Operation.StartInTimestamp:
                writer.Append($"date_trunc('{((DatePart)node.Index).ToString().ToLowerInvariant()}', ").Append(operands[0]).Append(")");
                break;
            case Operation.Struct:
                var number = 0;
                writer.AppendList("struct_pack(", operands, (w, o) => w.Append($"f{number++} := ").Append(o)).Append(")");
                break;
            case Operation.Field:
                writer.Append("struct_extract(").Append(operands[0]).Append($", 'f{node.Index}')");
                break;
            default:
                WriteTemplate(writer, Templates[node.Operation], operands);
                break;
        }
    }

    private static void WriteTemplate(EngineWriter writer, string template, IReadOnlyList<Bound> operands)
    {
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] == '{')
            {
                writer.Append(operands[template[i + 1] - '0']);
                i += 2;
            }
            else if (template[i] == '*')
            {
                Joined(writer, "", operands, ", ", "");
            }
            else
            {
                writer.Append(template[i].ToString());
            }
        }
    }

    private static void WriteCase(EngineWriter writer, IReadOnlyList<Bound> operands)
    {
        writer.Append("CASE");
        for (var i = 0; i + 1 < operands.Count; i += 2)
        {
            writer.Append(" WHEN ").Append(operands[i]).Append(" THEN ").Append(operands[i + 1]);
        }

        if (operands.Count % 2 == 1)
        {
            writer.Append(" ELSE ").Append(operands[^1]);
        }

        writer.Append(" END");
    }

    private static void Joined(EngineWriter writer, string before, IEnumerable<Bound> operands, string between, string after) =>
        writer.AppendList(before, operands, (w, o) => w.Append(o), between).Append(after);
}
