using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>The functions whose types hang on those of arrays, and those that the engine has by itself.</summary>
internal static class ArrayFunctions
{
    /// <summary>Their names.</summary>
    public static readonly string[] Names =
    [
        "ARRAY_LENGTH", "ARRAY_REVERSE", "ARRAY_CONCAT", "ARRAY_TO_STRING", "ARRAY_FIRST", "ARRAY_LAST", "SPLIT", "GENERATE_ARRAY",
        "GENERATE_DATE_ARRAY", "GENERATE_TIMESTAMP_ARRAY", "RAND", "GENERATE_UUID", "ERROR", "OFFSET", "ORDINAL",
    ];

    /// <summary>The call, when it is of one of these functions; null otherwise.</summary>
    public static Bound? TryBind(ExpressionBinder binder, CallExpression call)
    {
        if (Array.IndexOf(Names, call.Name) < 0)
        {
            return null;
        }

        if (call.Safe)
        {
            throw new GoogleSqlException($"Not supported: SAFE.{call.Name}", call.Position);
        }

        List<Bound> arguments = [.. call.Arguments.Select(binder.Bind)];
        return Made(call, arguments) ?? throw FunctionCalls.NoSignature($"function {call.Name}", arguments, call.Position);
    }

    private static OperationNode? Made(CallExpression call, List<Bound> arguments) => (call.Name, arguments) switch
    {
        ("ARRAY_LENGTH", [{ Type.IsArray: true }]) => Node(call, Operation.ArrayLength, SqlType.Int64, arguments),
        ("ARRAY_REVERSE", [{ Type.IsArray: true }]) => Node(call, Operation.ArrayReverse, arguments[0].Type, arguments),
        ("ARRAY_CONCAT", [{ Type.IsArray: true }, ..]) when Coercion.Common(arguments) is { IsArray: true } type =>
            Node(call, Operation.ArrayConcat, type, Coercion.Unify(arguments, "function ARRAY_CONCAT", call.Position)),
        ("ARRAY_TO_STRING", [{ Type.IsArray: true } array, { } delimiter]) when array.Type.Element == SqlType.String && Fits(delimiter, SqlType.String) =>
            Node(call, Operation.ArrayToString, SqlType.String, [array, Coercion.To(delimiter, SqlType.String)]),
        ("ARRAY_TO_STRING", [{ Type.IsArray: true } array, { } delimiter, { } none]) when array.Type.Element == SqlType.String && Fits(delimiter, SqlType.String) && Fits(none, SqlType.String) =>
            throw new GoogleSqlException("Not supported: ARRAY_TO_STRING with a text for NULL", call.Position),
        ("ARRAY_FIRST" or "ARRAY_LAST", [{ Type.IsArray: true } array]) => Ends(call, array),
        ("SPLIT", [{ } text]) when Fits(text, SqlType.String) => Split(call, text, new Constant(SqlType.String, call.Position, ",")),
        ("SPLIT", [{ } text, { } delimiter]) when Fits(text, SqlType.String) && Fits(delimiter, SqlType.String) => Split(call, text, delimiter),
        ("GENERATE_ARRAY", [_, _] or [_, _, _]) when arguments.TrueForAll(a => Fits(a, SqlType.Int64)) => Series(call, arguments),
        ("GENERATE_ARRAY", [_, _] or [_, _, _]) => throw new GoogleSqlException("Not supported: GENERATE_ARRAY of anything but INT64", call.Position),
        ("GENERATE_DATE_ARRAY", [_, _] or [_, _, { Type.Kind: SqlType.Interval }]) when Fits(arguments[0], SqlType.Date) && Fits(arguments[1], SqlType.Date) =>
            Node(call, Operation.GenerateDateArray, DataType.ArrayOf(SqlType.Date), [Coercion.To(arguments[0], SqlType.Date), Coercion.To(arguments[1], SqlType.Date), arguments.ElementAtOrDefault(2) ?? Day(call)]),
        ("GENERATE_TIMESTAMP_ARRAY", [_, _, { Type.Kind: SqlType.Interval } step]) when Fits(arguments[0], SqlType.Timestamp) && Fits(arguments[1], SqlType.Timestamp) =>
            Node(call, Operation.GenerateTimestampArray, DataType.ArrayOf(SqlType.Timestamp), [Coercion.To(arguments[0], SqlType.Timestamp), Coercion.To(arguments[1], SqlType.Timestamp), step]),
        ("RAND", []) => Node(call, Operation.Random, SqlType.Float64, []),
        ("GENERATE_UUID", []) => Node(call, Operation.Uuid, SqlType.String, []),
        ("ERROR", [{ Type.Kind: SqlType.String }]) => Node(call, Operation.Error, SqlType.Int64, arguments),
        ("OFFSET" or "ORDINAL", _) => throw new GoogleSqlException($"{call.Name} is not a function", call.Position),
        _ => null,
    };

    private static OperationNode Split(CallExpression call, Bound text, Bound delimiter) =>
        Node(call, Operation.Split, DataType.ArrayOf(SqlType.String), [Coercion.To(text, SqlType.String), Coercion.To(delimiter, SqlType.String)]);

    private static OperationNode Series(CallExpression call, List<Bound> arguments)
    {
        List<Bound> integers = [.. arguments.Select(a => Coercion.To(a, SqlType.Int64))];
        if (integers.Count == 2)
        {
            integers.Add(new Constant(SqlType.Int64, call.Position, 1L));
        }

        return integers[2] is Constant { Value: 0L }
            ? throw new GoogleSqlException("Sequence step cannot be 0", call.Position)
            : Node(call, Operation.GenerateArray, DataType.ArrayOf(SqlType.Int64), integers);
    }

    // Of an empty array it is an error, as an index outside is.
    private static OperationNode Ends(CallExpression call, Bound array)
    {
        var (element, zero) = (array.Type.Element!, new Constant(SqlType.Int64, call.Position, 0L));
        var from = call.Name == "ARRAY_FIRST" ? array : Node(call, Operation.ArrayReverse, array.Type, [array]);
        var isEmpty = Node(call, Operation.Equal, SqlType.Bool, [Node(call, Operation.ArrayLength, SqlType.Int64, [array]), zero]);
        var error = Node(call, Operation.Error, element, [new Constant(SqlType.String, call.Position, $"{call.Name} cannot get an element of an empty array")]);
        return Node(call, Operation.Case, element, [isEmpty, error, Node(call, Operation.ElementOrNull, element, [from, zero])]);
    }

    private static Constant Day(CallExpression call) => new(SqlType.Interval, call.Position, new Interval(0, 1, 0));

    private static bool Fits(Bound value, DataType type) => Coercion.Cost(value, type) is not null;

    private static OperationNode Node(CallExpression call, Operation operation, DataType type, IReadOnlyList<Bound> operands) => new(operation, type, call.Position, operands);
}
