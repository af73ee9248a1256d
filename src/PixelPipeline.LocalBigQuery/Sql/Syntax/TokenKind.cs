namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>The kinds of words that a statement is made of.</summary>
internal enum TokenKind
{
    Identifier,
    QuotedIdentifier,
    Integer,
    Float,
    String,
    Bytes,
    NamedParameter,
    PositionalParameter,
    Symbol,
    End,
}
