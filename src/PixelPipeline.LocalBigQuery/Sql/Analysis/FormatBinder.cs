using System.Text.RegularExpressions;
using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// FORMAT, whose <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/format_elements#format_string">format string</see>
/// has to be a literal or parameter: the texts of its elements, joined.
/// </summary>
internal static partial class FormatBinder
{
    public static Bound Bind(ExpressionBinder binder, CallExpression call)
    {
        List<Bound> arguments = [.. call.Arguments.Select(binder.Bind)];
        if (arguments is not [Constant { Value: string format }, ..])
        {
            throw arguments.Count == 0 || arguments[0].Type != SqlType.String
                ? FunctionCalls.NoSignature("function FORMAT", arguments, call.Position)
                : new GoogleSqlException("Not supported: FORMAT with a format string that is no literal or parameter", call.Position);
        }

        List<Bound> parts = [];
        var (at, used) = (0, 1);
        foreach (Match element in Element().Matches(format))
        {
            parts.Add(Text(format[at..element.Index], call));
            parts.Add(element.Value == "%%" ? Text("%", call) : Value(call, element, used < arguments.Count ? arguments[used++] : throw Mismatch(call)));
            at = element.Index + element.Length;
        }

        parts.Add(Text(format[at..], call));
        return used == arguments.Count && !format[at..].Contains('%', StringComparison.Ordinal)
            ? new OperationNode(Operation.Concat, SqlType.String, call.Position, parts)
            : throw Mismatch(call);
    }

    private static Bound Value(CallExpression call, Match element, Bound argument)
    {
        var (spec, kind) = (element.Value[1..], element.Value[^1]);
        argument = Coercion.Typed(argument);
        var type = kind switch
        {
            'd' or 'i' or 'x' or 'X' or 'o' => SqlType.Int64,
            's' => SqlType.String,
            't' or 'T' => SqlType.Null,
            _ => SqlType.Float64,
        };
        if (type == SqlType.Null)
        {
            return Printed(call, element, argument);
        }

        return Coercion.Cost(argument, type) is null
            ? throw new GoogleSqlException($"Error in format string: %{kind} does not take {argument.Type.Name()}", argument.Position)
            : FunctionCalls.Call("FORMAT VALUE", "function FORMAT", [Text(spec, call), Coercion.To(argument, type)], call.Position);
    }

    // %t is the value as CAST gives it; NULL is printed as well.
    private static OperationNode Printed(CallExpression call, Match element, Bound argument)
    {
        if (element.Value[^1] == 'T' && argument.Type.Kind is not (SqlType.Int64 or SqlType.Bool))
        {
            throw new GoogleSqlException($"Not supported: %T of {argument.Type.Name()} in FORMAT", call.Position);
        }

        var text = argument.Type == SqlType.String ? argument
            : Casts.Find(argument.Type, SqlType.String) is { } cast ? new FunctionCall(cast, call.Position, [argument])
            : throw new GoogleSqlException($"Not supported: %t of {argument.Type.Name()} in FORMAT", call.Position);
        var printed = new OperationNode(Operation.Coalesce, SqlType.String, call.Position, text, Text("NULL", call));
        return new OperationNode(Operation.Concat, SqlType.String, call.Position, FunctionCalls.Call("FORMAT VALUE", "function FORMAT", [Text(element.Value[1..^1] + "s", call), printed], call.Position));
    }

    private static Constant Text(string text, CallExpression call) => new(SqlType.String, call.Position, text);

    private static GoogleSqlException Mismatch(CallExpression call) => new("Error in format string: its elements and the arguments are not as many, or an element is not supported", call.Position);

    [GeneratedRegex("%(%|[-+ #0']*[0-9]{0,4}([.][0-9]{0,4})?[dixXofFeEgGstT])")]
    private static partial Regex Element();
}
