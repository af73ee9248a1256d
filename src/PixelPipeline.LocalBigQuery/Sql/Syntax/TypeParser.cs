using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>Parses types: <c>INT64</c>, <c>ARRAY&lt;STRING&gt;</c>, <c>STRUCT&lt;a INT64, STRING&gt;</c>.</summary>
internal sealed class TypeParser(TokenCursor cursor)
{
    public DataType Parse() => cursor.Nested(() =>
    {
        var named = cursor.Current;
        if (named.Is("ARRAY") || named.Is("STRUCT"))
        {
            cursor.Take();
            return named.Is("ARRAY") ? ParseArray() : ParseStruct();
        }

        var type = named.Kind == TokenKind.Identifier && !named.Is("FLOAT") ? SqlTypes.Parse(named.Text) : null;
        if (type is null)
        {
            throw named.Kind == TokenKind.Identifier ? cursor.NotSupported($"type {named.Text.ToUpperInvariant()}") : cursor.Unexpected("type");
        }

        cursor.Take();
        return type.Value;
    });

    /// <summary>The type behind the word ARRAY, from its &lt; on.</summary>
    public DataType ParseArray()
    {
        cursor.ExpectSymbol("<");
        var element = Parse();
        cursor.ExpectAngle();
        return DataType.ArrayOf(element);
    }

    /// <summary>The type behind the word STRUCT, from its &lt; on.</summary>
    public DataType ParseStruct()
    {
        cursor.ExpectSymbol("<");
        var fields = cursor.List(() => new StructField(IsFieldName() ? cursor.Take().Text : null, Parse()));
        cursor.ExpectAngle();
        return DataType.StructOf(fields);
    }

    private bool IsFieldName() => TokenCursor.IsName(cursor.Current) && cursor.Peek().Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier;
}
