using System.Globalization;
using System.Text;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>Parses what operators work on: literals, names, parameters, parentheses, CASE and calls.</summary>
internal sealed class PrimaryParser(TokenCursor cursor, ExpressionParser expressions, Func<Query> parseQuery)
{
    private static readonly string[] Subscripts = ["OFFSET", "ORDINAL", "SAFE_OFFSET", "SAFE_ORDINAL"];

    private readonly CallParser _calls = new(cursor, expressions);

    public Expression Parse()
    {
        var primary = ParsePrimary();
        while (cursor.AtSymbol("[") || (cursor.AtSymbol(".") && cursor.Peek().Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier))
        {
            var position = cursor.Position;
            primary = cursor.AcceptSymbol(".") ? new FieldExpression(position, primary, cursor.Take().Text) : ParseSubscript(primary, position);
        }

        return primary;
    }

    /// <summary>What stands after OVER, or after a name of the WINDOW clause.</summary>
    public WindowSpecification ParseWindow() => _calls.ParseWindow();

    private SubscriptExpression ParseSubscript(Expression value, SourcePosition position)
    {
        cursor.ExpectSymbol("[");
        var kind = Array.Find(Subscripts, word => cursor.At(word) && cursor.Peek().IsSymbol("(")) ?? "";
        if (kind.Length > 0)
        {
            cursor.Take();
            cursor.Take();
        }

        var index = expressions.Parse();
        if (kind.Length > 0)
        {
            cursor.ExpectSymbol(")");
        }

        cursor.ExpectSymbol("]");
        return new SubscriptExpression(position, value, kind, index);
    }

    /// <summary>The integer literal that is next, with its sign.</summary>
    public LiteralExpression ParseInteger(string sign, SourcePosition position)
    {
        var text = cursor.Take().Text;
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var magnitude = UInt128.TryParse(isHex ? text[2..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= long.MaxValue + (UInt128)1
            ? (Int128)value
            : Int128.MaxValue;
        var signed = sign == "-" ? -magnitude : magnitude;
        return signed >= long.MinValue && signed <= long.MaxValue
            ? new LiteralExpression(position, SqlType.Int64, (long)signed)
            : throw new GoogleSqlException($"Invalid integer literal: {sign}{text}", position);
    }

    private Expression ParsePrimary()
    {
        var (token, position) = (cursor.Current, cursor.Position);
        switch (token.Kind)
        {
            case TokenKind.Integer:
                return ParseInteger("", position);
            case TokenKind.Float:
                return new LiteralExpression(position, SqlType.Float64, double.Parse(cursor.Take().Text, NumberStyles.Float, CultureInfo.InvariantCulture)) { Text = token.Text };
            case TokenKind.String:
                return new LiteralExpression(position, SqlType.String, cursor.Take().Text);
            case TokenKind.Bytes:
                return new LiteralExpression(position, SqlType.Bytes, Encoding.Latin1.GetBytes(cursor.Take().Text));
            case TokenKind.NamedParameter:
                return new ParameterExpression(position, cursor.Take().Text, -1);
            case TokenKind.PositionalParameter:
                cursor.Take();
                return new ParameterExpression(position, null, cursor.Ordinals++);
            case TokenKind.Identifier or TokenKind.QuotedIdentifier:
                return ParseWord(token, position);
            default:
                return cursor.AcceptSymbol("(") ? ParseParentheses(position) : cursor.AtSymbol("[") ? ParseArray(position, null) : throw Refused();
        }
    }

    private GoogleSqlException Refused() =>
        cursor.AtSymbol("@@") ? cursor.NotSupported("system variable") : cursor.Unexpected();

    private Expression ParseParentheses(SourcePosition position)
    {
        Expression inner = cursor.At("SELECT") || cursor.At("WITH")
            ? new ScalarQueryExpression(position, parseQuery())
            : expressions.Parse();
        if (cursor.AcceptSymbol(","))
        {
            var rest = cursor.List(expressions.Parse);
            inner = new StructExpression(position, [(inner, null), .. rest.Select(r => (r, (string?)null))], null, IsTuple: true);
        }

        cursor.ExpectSymbol(")");
        return inner;
    }

    private ArrayExpression ParseArray(SourcePosition position, DataType? element)
    {
        cursor.ExpectSymbol("[");
        var elements = cursor.AtSymbol("]") ? [] : cursor.List(expressions.Parse);
        cursor.ExpectSymbol("]");
        return new ArrayExpression(position, elements, element);
    }

    // ARRAY[…], ARRAY<type>[…], ARRAY(SELECT …).
    private Expression ParseArrayWord(SourcePosition position)
    {
        cursor.Take();
        if (cursor.AcceptSymbol("("))
        {
            var query = parseQuery();
            cursor.ExpectSymbol(")");
            return new ArrayQueryExpression(position, query);
        }

        return ParseArray(position, cursor.AtSymbol("<") ? new TypeParser(cursor).ParseArray().Element : null);
    }

    // STRUCT(…), STRUCT<type>(…).
    private StructExpression ParseStruct(SourcePosition position)
    {
        cursor.Take();
        var type = cursor.AtSymbol("<") ? new TypeParser(cursor).ParseStruct() : null;
        cursor.ExpectSymbol("(");
        List<(Expression, string?)> fields = cursor.AtSymbol(")") ? [] : cursor.List(() => (expressions.Parse(), cursor.Accept("AS") ? cursor.ExpectName() : null));
        cursor.ExpectSymbol(")");
        return fields.Count == 0 ? throw new GoogleSqlException("Not supported: STRUCT without fields", position) : new StructExpression(position, fields, type, IsTuple: false);
    }

    private Expression ParseWord(Token token, SourcePosition position)
    {
        if (token.Is("NULL") || token.Is("TRUE") || token.Is("FALSE"))
        {
            cursor.Take();
            return token.Is("NULL") ? new LiteralExpression(position, SqlType.Null, null) : new LiteralExpression(position, SqlType.Bool, token.Is("TRUE"));
        }

        if (token.Is("CASE"))
        {
            return ParseCase(position);
        }

        if (token.Is("EXISTS"))
        {
            return ParseExists(position);
        }

        if (token.Is("ARRAY"))
        {
            return ParseArrayWord(position);
        }

        if (token.Is("STRUCT"))
        {
            return ParseStruct(position);
        }

        if (token.Kind == TokenKind.Identifier && cursor.Peek().Kind == TokenKind.String && !Keywords.IsReserved(token.Text))
        {
            return ParseTypedLiteral(position);
        }

        return _calls.TryParse() ?? ParseName(position);
    }

    private TypedLiteral ParseTypedLiteral(SourcePosition position)
    {
        var type = cursor.Current.Text.ToUpperInvariant() switch
        {
            "DATE" => SqlType.Date,
            "TIMESTAMP" => SqlType.Timestamp,
            "NUMERIC" or "DECIMAL" => SqlType.Numeric,
            "DATETIME" => SqlType.Datetime,
            "TIME" => SqlType.Time,
            "JSON" => SqlType.Json,
            "BIGNUMERIC" or "BIGDECIMAL" or "RANGE" => throw cursor.NotSupported($"type {cursor.Current.Text.ToUpperInvariant()}"),
            _ => throw new GoogleSqlException($"Syntax error: Unexpected {cursor.Peek().Description}", cursor.Peek().Position),
        };
        cursor.Take();
        return new TypedLiteral(position, type, cursor.Take().Text);
    }

    private CaseExpression ParseCase(SourcePosition position)
    {
        cursor.Take();
        var operand = cursor.At("WHEN") ? null : expressions.Parse();
        List<(Expression, Expression)> branches = [];
        while (cursor.Accept("WHEN"))
        {
            var when = expressions.Parse();
            cursor.Expect("THEN");
            branches.Add((when, expressions.Parse()));
        }

        if (branches.Count == 0)
        {
            throw cursor.Unexpected("keyword WHEN");
        }

        var otherwise = cursor.Accept("ELSE") ? expressions.Parse() : null;
        cursor.Expect("END");
        return new CaseExpression(position, operand, branches, otherwise);
    }

    private ExistsExpression ParseExists(SourcePosition position)
    {
        cursor.Take();
        cursor.ExpectSymbol("(");
        var query = parseQuery();
        cursor.ExpectSymbol(")");
        return new ExistsExpression(position, query);
    }

    private NameExpression ParseName(SourcePosition position)
    {
        List<string> path = [TokenCursor.IsName(cursor.Current) ? cursor.Take().Text : throw cursor.Unexpected()];
        while (cursor.AtSymbol(".") && cursor.Peek().Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier)
        {
            cursor.Take();
            path.Add(cursor.Take().Text);
        }

        return new NameExpression(position, path);
    }
}
