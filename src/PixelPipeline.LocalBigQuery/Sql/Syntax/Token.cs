namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>
/// One word of the statement. <see cref="Text"/> is the value without quotes and escapes for literals and quoted
/// identifiers, the text as written otherwise; <see cref="Start"/> and <see cref="End"/> are offsets in the source.
/// </summary>
internal readonly record struct Token(TokenKind Kind, string Text, SourcePosition Position, int Start, int End)
{
    /// <summary>Whether it is this keyword, whatever its case; a quoted identifier never is.</summary>
    public bool Is(string keyword) =>
        Kind == TokenKind.Identifier && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is this operator or punctuation mark.</summary>
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>How an error message calls it, as in <c>Unexpected identifier "x"</c>.</summary>
    public string Description => Kind switch
    {
        TokenKind.End => "end of statement",
        TokenKind.Identifier when Keywords.IsReserved(Text) => $"keyword {Text.ToUpperInvariant()}",
        TokenKind.Identifier => $"identifier \"{Text}\"",
        TokenKind.QuotedIdentifier => $"identifier `{Text}`",
        TokenKind.String => $"string literal {Quoted(Text)}",
        TokenKind.Bytes => "bytes literal",
        TokenKind.Integer => $"integer literal \"{Text}\"",
        TokenKind.Float => $"floating point literal \"{Text}\"",
        TokenKind.NamedParameter => $"parameter @{Text}",
        _ => $"\"{Text}\"",
    };

    private static string Quoted(string text) => text.Length <= 40 ? $"\"{text}\"" : $"\"{text[..37]}...\"";
}
