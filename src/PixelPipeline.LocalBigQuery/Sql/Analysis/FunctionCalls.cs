using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Calls of scalar functions and operators: finds the signature that fits the arguments, or says that none does.</summary>
internal static class FunctionCalls
{
    // What the engine does as the reference does, by its GoogleSQL signature: on the values of its own columns, without a call.
    private static readonly Dictionary<string, Operation> Native = new(StringComparer.Ordinal)
    {
        ["DATE(TIMESTAMP)"] = Operation.DateOfTimestamp,
        ["CAST TO Date(TIMESTAMP)"] = Operation.DateOfTimestamp,
        ["LENGTH(STRING)"] = Operation.Length,
        ["CHAR_LENGTH(STRING)"] = Operation.Length,
        ["CHARACTER_LENGTH(STRING)"] = Operation.Length,
        ["STARTS_WITH(STRING, STRING)"] = Operation.StartsWith,
        ["ENDS_WITH(STRING, STRING)"] = Operation.EndsWith,
    };

    private static readonly string[] Unsupported = ["HLL_COUNT.", "KEYS.", "AEAD.", "ST_", "KLL_QUANTILES."];

    public static Bound Bind(ExpressionBinder binder, CallExpression call)
    {
        if (call.Star || call.Distinct || call.OrderBy.Count > 0 || call.Limit is not null || call.IgnoreNulls is not null || call.Having is not null)
        {
            throw new GoogleSqlException($"Syntax error: {(call.Star ? "*" : call.Distinct ? "DISTINCT" : "this clause")} is not allowed in {call.Name}", call.Position);
        }

        if (binder.Statement.Functions.TryGetValue(call.Name, out var own))
        {
            return SqlFunctionCalls.Bind(own, binder, call);
        }

        if (Conditionals.TryBind(binder, call) is { } conditional)
        {
            return call.Safe ? throw new GoogleSqlException($"Function {call.Name} does not support SAFE error mode", call.Position) : conditional;
        }

        if (call.Name.StartsWith("CURRENT_", StringComparison.Ordinal) && TryBindNow(binder, call) is { } now)
        {
            return now;
        }

        if (call.Name == "CONCAT")
        {
            return call.Arguments.Count == 0 ? throw NoSignature("function CONCAT", [], call.Position) : BindConcat([.. call.Arguments.Select(binder.Bind)], "function CONCAT", call.Position);
        }

        if (call.Name == "PI" && call.Arguments.Count == 0)
        {
            return new Constant(SqlType.Float64, call.Position, Math.PI, isLiteral: false);
        }

        if (call.Name == "FORMAT" && !call.Safe)
        {
            return FormatBinder.Bind(binder, call);
        }

        if (ArrayFunctions.TryBind(binder, call) is { } array)
        {
            return array;
        }

        var signatures = char.IsLetter(call.Name[0]) && !call.Name.Contains(' ', StringComparison.Ordinal) ? FunctionTable.Find(call.Name) : [];
        if (signatures.Count == 0)
        {
            throw new GoogleSqlException(Array.Exists(Unsupported, call.Name.StartsWith) ? $"Not supported: function {call.Name}" : $"Function not found: {call.Name}", call.Position);
        }

        var arguments = Arguments(binder, call.Arguments, signatures);
        return call.Name == "MOD" && arguments.Exists(a => a.Type == SqlType.Float64) && !arguments.Exists(a => a.Type == SqlType.Numeric)
            ? throw NoSignature("function MOD", arguments, call.Position) // of FLOAT64 there is none, and a literal is no NUMERIC by itself
            : Call(signatures, $"function {call.Name}", arguments, call.Position, call.Safe);
    }

    public static Bound BindOperator(ExpressionBinder binder, OperatorExpression operation)
    {
        var signatures = FunctionTable.Find(operation.Operator);
        List<Bound> arguments = [.. operation.Operands.Select(binder.Bind)];
        if (operation.Operator != "LIKE" && arguments.Exists(a => a.Type == SqlType.String))
        {
            throw NoSignature($"operator {operation.Operator}", arguments, operation.Position); // no literal becomes a DATE here
        }

        return arguments is [Constant { Type.Kind: SqlType.Float64, Value: double number } literal] && operation.Operator == "-"
            ? new Constant(SqlType.Float64, literal.Position, -number) { Text = literal.Text is null ? null : "-" + literal.Text }
            : Call(signatures, $"operator {operation.Operator}", arguments, operation.Position, safe: false);
    }

    public static Bound BindCast(ExpressionBinder binder, CastExpression cast)
    {
        var value = binder.Bind(cast.Value);
        if (value.Type == cast.Type)
        {
            return value is Constant { IsLiteral: true } same ? new Constant(same.Type, same.Position, same.Value, isLiteral: false) : value;
        }

        if (value.Type == SqlType.Null || ((cast.Type.IsArray || cast.Type.IsStruct) && Coercion.Cost(value, cast.Type) is not null))
        {
            return Coercion.To(value, cast.Type);
        }

        if (value is Constant { Type.Kind: SqlType.Float64 or SqlType.Int64, IsLiteral: true, Text: { } written } && cast.Type == SqlType.Numeric && NumericValue.TryParse(written, out var exact))
        {
            return new Constant(cast.Type, cast.Position, exact, isLiteral: false);
        }

        if (cast.Type == SqlType.Json && value.Type == SqlType.String)
        {
            throw new GoogleSqlException("Invalid cast from STRING to JSON: PARSE_JSON reads a text", cast.Position);
        }

        var function = Casts.Find(value.Type, cast.Type)
            ?? throw new GoogleSqlException($"Invalid cast from {value.Type.Name()} to {cast.Type.Name()}", cast.Position);
        return Made(function, cast.Position, [value], cast.Safe);
    }

    public static Bound BindExtract(ExpressionBinder binder, ExtractExpression extract)
    {
        Expression[] arguments = extract.Zone is null ? [extract.Part, extract.Value] : [extract.Part, extract.Value, extract.Zone];
        if (extract.Part is NameExpression { Path: [var part] } && part.ToUpperInvariant() is "DATE" or "TIME" or "DATETIME")
        {
            return binder.Bind(extract.Value).Type is var type && type == SqlType.Date
                ? throw new GoogleSqlException($"EXTRACT from DATE does not support the {part.ToUpperInvariant()} date part", extract.Position)
                : Bind(binder, new CallExpression(extract.Position, part.ToUpperInvariant(), arguments[1..]));
        }

        var signatures = FunctionTable.Find("EXTRACT");
        var bound = Arguments(binder, arguments, signatures);
        return bound[1].Type == SqlType.String
            ? throw NoSignature("EXTRACT", bound, extract.Position) // no literal becomes a DATE here
            : Call(signatures, "EXTRACT", bound, extract.Position, safe: false);
    }

    /// <summary><c>INTERVAL n part</c> as a value.</summary>
    public static Bound BindInterval(ExpressionBinder binder, IntervalExpression interval)
    {
        var count = Count(binder, interval);
        return Call("INTERVAL VALUE", "INTERVAL", [count, new Constant(SqlType.IntervalPart, interval.Part.Position, new IntervalPart(Part(interval.Part)))], interval.Position);
    }

    /// <summary>Texts or bytes joined; NULL when one is.</summary>
    public static Bound BindConcat(IReadOnlyList<Bound> values, string what, SourcePosition position)
    {
        if (what == "operator ||" && values.Any(v => v.Type.IsArray))
        {
            return new OperationNode(Operation.ArrayConcat, Coercion.Common(values) ?? throw NoSignature(what, values, position), position, Coercion.Unify(values, what, position));
        }

        if (values.Any(v => v.Type.Kind is not (SqlType.String or SqlType.Bytes or SqlType.Null)) && (what != "operator ||" || values.Any(v => v.Type == SqlType.String)))
        {
            values = [.. values.Select(v => v.Type.Kind is not (SqlType.String or SqlType.Bytes or SqlType.Null) && Casts.Find(v.Type, SqlType.String) is { } cast ? new FunctionCall(cast, v.Position, [v]) : v)];
        }

        var unified = Coercion.Common(values)?.Kind is SqlType.String or SqlType.Bytes or SqlType.Null
            ? Coercion.Unify(values, what, position)
            : throw NoSignature(what, values, position);
        var type = unified[0].Type == SqlType.Null ? SqlType.String : unified[0].Type;
        return unified.Count > StatementContext.MaxOperands
            ? throw new GoogleSqlException($"Not supported: more than {StatementContext.MaxOperands} operands of ||", position)
            : new OperationNode(Operation.Concat, type, position, [.. unified.Select(u => Coercion.To(u, type))]);
    }

    /// <summary>A call of a function of the table, by its name.</summary>
    public static Bound Call(string name, string what, List<Bound> arguments, SourcePosition position) =>
        Call(FunctionTable.Find(name), what, arguments, position, safe: false);

    public static GoogleSqlException NoSignature(string what, IReadOnlyList<Bound> arguments, SourcePosition position) =>
        new($"No matching signature for {what} for argument types: {string.Join(", ", arguments.Select(a => a.Type.Name()))}", position);

    private static Bound? TryBindNow(ExpressionBinder binder, CallExpression call)
    {
        var now = new Constant(SqlType.Timestamp, call.Position, binder.Statement.Now, isLiteral: false);
        List<Bound> zone = [.. call.Arguments.Select(binder.Bind)];
        return call.Name switch
        {
            "CURRENT_TIMESTAMP" => zone.Count == 0 ? now : throw NoSignature("function CURRENT_TIMESTAMP", zone, call.Position),
            "CURRENT_DATE" => Call("DATE", "function CURRENT_DATE", [now, .. zone], call.Position),
            "CURRENT_DATETIME" => Call("DATETIME", "function CURRENT_DATETIME", [now, .. zone], call.Position),
            "CURRENT_TIME" => Call("TIME", "function CURRENT_TIME", [now, .. zone], call.Position),
            _ => null,
        };
    }

    private static List<Bound> Arguments(ExpressionBinder binder, IReadOnlyList<Expression> arguments, IReadOnlyList<ScalarFunction> signatures)
    {
        List<Bound> bound = [];
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is IntervalExpression interval)
            {
                bound.Add(Count(binder, interval));
                bound.Add(new Constant(SqlType.IntervalPart, interval.Part.Position, new IntervalPart(Part(interval.Part))));
            }
            else if (signatures.Any(s => i < s.Parameters.Count && s.Parameters[i] == SqlType.DatePart))
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

    // INTERVAL '1' DAY is INTERVAL 1 DAY.
    private static Bound Count(ExpressionBinder binder, IntervalExpression interval) =>
        binder.Bind(interval.Count) is var count && count is Constant { IsLiteral: true, Value: string text } && long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? new Constant(SqlType.Int64, count.Position, number)
            : count;

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

    private static Bound Call(IReadOnlyList<ScalarFunction> signatures, string what, List<Bound> arguments, SourcePosition position, bool safe)
    {
        var function = signatures
            .Where(s => s.Parameters.Count == arguments.Count && arguments.Select((a, i) => Coercion.Cost(a, s.Parameters[i])).All(c => c is not null))
            .MinBy(s => arguments.Select((a, i) => Coercion.Cost(a, s.Parameters[i])!.Value).Sum())
            ?? throw NoSignature(what, arguments, position);
        CheckParts(function, arguments);
        return Made(function, position, [.. arguments.Select((a, i) => Coercion.To(a, function.Parameters[i]))], safe);
    }

    private static Bound Made(ScalarFunction function, SourcePosition position, IReadOnlyList<Bound> arguments, bool safe) =>
        Regexes.TryMake(function, arguments, position) is { } native ? native
        : function.Name == "TIMESTAMP_TRUNC" && arguments is [var time, Constant { Value: DatePart.Minute or DatePart.Hour or DatePart.Day } part]
            ? new OperationNode(Operation.StartInTimestamp, function.Result, position, time) { Index = (int)part.Value! }
        : Native.TryGetValue($"{function.Name}({string.Join(", ", function.Parameters.Select(p => p.Name()))})", out var operation)
            ? new OperationNode(operation, function.Result, position, arguments)
        : new FunctionCall(safe ? function.Safe : function, position, arguments);

    // A date part that the type has not is an error of the statement, whatever the data are.
    private static void CheckParts(ScalarFunction function, IReadOnlyList<Bound> arguments)
    {
        var part = arguments.OfType<Constant>().FirstOrDefault(a => a.Type.Kind is SqlType.DatePart or SqlType.IntervalPart);
        if (part is null)
        {
            return;
        }

        try
        {
            function.Call([.. function.Parameters.Select(p => p.Kind switch
            {
                SqlType.DatePart or SqlType.IntervalPart => part.Value,
                SqlType.Timestamp => new Timestamp(0),
                SqlType.Datetime => new Datetime(0),
                SqlType.Date => DateOnly.FromDateTime(DateTime.UnixEpoch),
                SqlType.Time => default(TimeOnly),
                SqlType.Interval => default(Interval),
                SqlType.Int64 => 0L,
                _ => (object?)"UTC",
            })]);
        }
        catch (GoogleSqlException e) when (e.Position is null)
        {
            throw new GoogleSqlException(e.Message, part.Position);
        }
    }
}
