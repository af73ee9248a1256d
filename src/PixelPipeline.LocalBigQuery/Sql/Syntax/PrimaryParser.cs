using System.Globalization;
using System.Text;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>Parses what operators work on: literals, names, parameters, parentheses, CASE and calls.</summary>
internal sealed class PrimaryParser(TokenCursor cursor, ExpressionParser expressions, Func<Query> parseQuery)
{
    private readonly CallParser _calls = new(cursor, expressions);

    public Expression Parse()
    {
        var primary = ParsePrimary();
        return cursor.AtSymbol("[") ? throw cursor.NotSupported("array subscript") : cursor.AtSymbol(".") ? throw cursor.NotSupported("field access") : primary;
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
                var number = double.Parse(cursor.Take().Text, NumberStyles.Float, CultureInfo.InvariantCulture);
                return double.IsFinite(number) ? new LiteralExpression(position, SqlType.Float64, number) : throw new GoogleSqlException($"Invalid floating point literal: {token.Text}", position);
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
                return cursor.AcceptSymbol("(") ? ParseParentheses(position) : throw Refused();
        }
    }

    private GoogleSqlException Refused() =>
        cursor.AtSymbol("[") ? cursor.NotSupported("array literal") : cursor.AtSymbol("@@") ? cursor.NotSupported("system variable") : cursor.Unexpected();

    private Expression ParseParentheses(SourcePosition position)
    {
        Expression inner = cursor.At("SELECT") || cursor.At("WITH")
            ? new ScalarQueryExpression(position, parseQuery())
            : expressions.Parse();
        if (cursor.AtSymbol(","))
        {
            throw cursor.NotSupported("tuple (STRUCT)");
        }

        cursor.ExpectSymbol(")");
        return inner;
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

        if (token.Is("ARRAY") || token.Is("STRUCT"))
        {
            throw cursor.NotSupported(token.Text.ToUpperInvariant());
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
            "DATETIME" or "TIME" or "BIGNUMERIC" or "BIGDECIMAL" or "JSON" or "RANGE" => throw cursor.NotSupported($"type {cursor.Current.Text.ToUpperInvariant()}"),
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
