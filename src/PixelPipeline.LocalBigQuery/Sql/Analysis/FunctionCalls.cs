using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Calls of scalar functions and operators: finds the signature that fits the arguments, or says that none does.</summary>
internal static class FunctionCalls
{
    public static Bound Bind(ExpressionBinder binder, CallExpression call)
    {
        if (call.Star || call.Distinct)
        {
            throw new GoogleSqlException($"Syntax error: {(call.Star ? "*" : "DISTINCT")} is not allowed in {call.Name}", call.Position);
        }

        if (Conditionals.TryBind(binder, call) is { } conditional)
        {
            return call.Safe ? throw new GoogleSqlException($"Function {call.Name} does not support SAFE error mode", call.Position) : conditional;
        }

        if (call.Name is "CURRENT_TIMESTAMP" or "CURRENT_DATE")
        {
            return BindNow(binder, call);
        }

        if (call.Name == "CONCAT")
        {
            return call.Arguments.Count == 0 ? throw NoSignature("function CONCAT", [], call.Position) : BindConcat([.. call.Arguments.Select(binder.Bind)], "function CONCAT", call.Position);
        }

        var signatures = char.IsLetter(call.Name[0]) && !call.Name.Contains(' ', StringComparison.Ordinal) ? FunctionTable.Find(call.Name) : [];
        return signatures.Count == 0
            ? throw new GoogleSqlException($"Function not found: {call.Name}", call.Position)
            : Call(signatures, $"function {call.Name}", Arguments(binder, call.Arguments, signatures), call.Position, call.Safe);
    }

    public static Bound BindOperator(ExpressionBinder binder, OperatorExpression operation)
    {
        var signatures = FunctionTable.Find(operation.Operator);
        var arguments = Arguments(binder, operation.Operands, signatures);
        if (operation.Operator != "LIKE" && arguments.Exists(a => a.Type == SqlType.String))
        {
            throw NoSignature($"operator {operation.Operator}", arguments, operation.Position); // no literal becomes a DATE here
        }

        return arguments is [Constant { Type: SqlType.Float64, Value: double number } literal] && operation.Operator == "-"
            ? new Constant(SqlType.Float64, literal.Position, -number)
            : Call(signatures, $"operator {operation.Operator}", arguments, operation.Position, safe: false);
    }

    public static Bound BindCast(ExpressionBinder binder, CastExpression cast)
    {
        var value = binder.Bind(cast.Value);
        if (value.Type == cast.Type)
        {
            return value is Constant { IsLiteral: true } same ? new Constant(same.Type, same.Position, same.Value, isLiteral: false) : value;
        }

        if (value.Type == SqlType.Null)
        {
            return Coercion.To(value, cast.Type);
        }

        var function = Casts.Find(value.Type, cast.Type)
            ?? throw new GoogleSqlException($"Invalid cast from {value.Type.Name()} to {cast.Type.Name()}", cast.Position);
        return ExpressionBinder.Composite(cast.Type, cast.Position, cast.Safe ? function.Safe : function, "(", value, ")");
    }

    public static Bound BindExtract(ExpressionBinder binder, ExtractExpression extract)
    {
        Expression[] arguments = extract.Zone is null ? [extract.Part, extract.Value] : [extract.Part, extract.Value, extract.Zone];
        if (extract.Part is NameExpression { Path: [var part] } && part.Equals("DATE", StringComparison.OrdinalIgnoreCase))
        {
            return Bind(binder, new CallExpression(extract.Position, "DATE", arguments[1..]));
        }

        var signatures = FunctionTable.Find("EXTRACT");
        return Call(signatures, "EXTRACT", Arguments(binder, arguments, signatures), extract.Position, safe: false);
    }

    /// <summary>Texts or bytes joined; NULL when one is.</summary>
    public static Composite BindConcat(IReadOnlyList<Bound> values, string what, SourcePosition position)
    {
        var unified = Coercion.Common(values) is SqlType.String or SqlType.Bytes or SqlType.Null
            ? Coercion.Unify(values, what, position)
            : throw NoSignature(what, values, position);
        var type = unified[0].Type == SqlType.Null ? SqlType.String : unified[0].Type;
        List<object> parts = ["("];
        foreach (var value in unified)
        {
            parts.AddRange([parts.Count == 1 ? "" : " || ", value]);
        }

        // || makes text of anything: a BLOB stays one by this cast.
        return type == SqlType.Bytes
            ? ExpressionBinder.Composite(type, position, ["CAST(", .. parts, ") AS BLOB)"])
            : ExpressionBinder.Composite(type, position, [.. parts, ")"]);
    }

    private static Bound BindNow(ExpressionBinder binder, CallExpression call)
    {
        var now = new Constant(SqlType.Timestamp, call.Position, binder.Statement.Now, isLiteral: false);
        if (call.Name == "CURRENT_TIMESTAMP")
        {
            return call.Arguments.Count == 0 ? now : throw NoSignature("function CURRENT_TIMESTAMP", [.. call.Arguments.Select(binder.Bind)], call.Position);
        }

        return Call(FunctionTable.Find("DATE"), "function CURRENT_DATE", [now, .. call.Arguments.Select(binder.Bind)], call.Position, safe: false);
    }

    private static List<Bound> Arguments(ExpressionBinder binder, IReadOnlyList<Expression> arguments, IReadOnlyList<ScalarFunction> signatures)
    {
        List<Bound> bound = [];
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is IntervalExpression interval)
            {
                bound.Add(binder.Bind(interval.Count));
                bound.Add(new Constant(SqlType.IntervalPart, interval.Part.Position, new IntervalPart(Part(interval.Part))));
            }
            else if (signatures.Any(s => s.Parameters.ElementAtOrDefault(i) == SqlType.DatePart && i < s.Parameters.Count))
            {
                bound.Add(new Constant(SqlType.DatePart, arguments[i].Position, Part(arguments[i])));
            }
            else
            {
                bound.Add(binder.Bind(arguments[i]));
            }
        }

        return bound;
    }

    private static DatePart Part(Expression expression)
    {
        var name = expression switch
        {
            NameExpression { Path: [var single] } => single,
            CallExpression { Arguments: [NameExpression { Path: [var day] }], Over: null } week => $"{week.Name}({day})",
            _ => throw new GoogleSqlException("A valid date part name is required", expression.Position),
        };
        return DateParts.Parse(name) ?? throw new GoogleSqlException($"A valid date part name is required but found {name}", expression.Position);
    }

    private static Composite Call(IReadOnlyList<ScalarFunction> signatures, string what, List<Bound> arguments, SourcePosition position, bool safe)
    {
        var function = signatures
            .Where(s => s.Parameters.Count == arguments.Count && arguments.Select((a, i) => Coercion.Cost(a, s.Parameters[i])).All(c => c is not null))
            .MinBy(s => arguments.Select((a, i) => Coercion.Cost(a, s.Parameters[i])!.Value).Sum())
            ?? throw NoSignature(what, arguments, position);
        CheckParts(function, arguments);
        List<object> parts = [safe ? function.Safe : function, "("];
        for (var i = 0; i < arguments.Count; i++)
        {
            parts.AddRange([i == 0 ? "" : ", ", Coercion.To(arguments[i], function.Parameters[i])]);
        }

        return ExpressionBinder.Composite(function.Result, position, [.. parts, ")"]);
    }

    // A date part that the type has not is an error of the statement, whatever the data are.
    private static void CheckParts(ScalarFunction function, IReadOnlyList<Bound> arguments)
    {
        var part = arguments.OfType<Constant>().FirstOrDefault(a => a.Type is SqlType.DatePart or SqlType.IntervalPart);
        if (part is null)
        {
            return;
        }

        try
        {
            var now = new Timestamp(0);
            function.Call([.. function.Parameters.Select(p => p switch
            {
                SqlType.DatePart or SqlType.IntervalPart => part.Value,
                SqlType.Timestamp => now,
                SqlType.Date => DateOnly.FromDateTime(now.Utc),
                SqlType.Int64 => 0L,
                _ => (object?)"UTC",
            })]);
        }
        catch (GoogleSqlException e) when (e.Position is null)
        {
            throw new GoogleSqlException(e.Message, part.Position);
        }
    }

    private static GoogleSqlException NoSignature(string what, IReadOnlyList<Bound> arguments, SourcePosition position) =>
        new($"No matching signature for {what} for argument types: {string.Join(", ", arguments.Select(a => a.Type.Name()))}", position);
}
