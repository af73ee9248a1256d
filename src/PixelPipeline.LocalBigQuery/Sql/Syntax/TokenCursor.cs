namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>Where the parser stands in the tokens of a statement, with the questions and demands it makes there.</summary>
internal sealed class TokenCursor(string sql)
{
    /// <summary>How deep parentheses, calls and subqueries may nest.</summary>
    public const int MaxDepth = 100;

    private readonly IReadOnlyList<Token> _tokens = Lexer.Tokenize(sql);
    private int _at;
    private int _depth;
    private bool _isHalfTaken;

    public Token Current => _tokens[_at];

    public SourcePosition Position => Current.Position;

    /// <summary>The text from an offset to the end of the token that was taken last.</summary>
    public string TextFrom(int start) => sql[start..Math.Max(start, Peek(-1).End)];

    /// <summary>How many positional parameters have been read.</summary>
    public int Ordinals { get; set; }

    public Token Peek(int ahead = 1) => _tokens[Math.Clamp(_at + ahead, 0, _tokens.Count - 1)];

    public Token Take()
    {
        var token = Current;
        _at = Math.Min(_at + 1, _tokens.Count - 1);
        return token;
    }

    public bool At(string keyword) => Current.Is(keyword);

    public bool AtSymbol(string symbol) => Current.IsSymbol(symbol);

    /// <summary>Whether the next tokens are these keywords.</summary>
    public bool At(params ReadOnlySpan<string> keywords)
    {
        for (var i = 0; i < keywords.Length; i++)
        {
            if (!Peek(i).Is(keywords[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes the keywords if they are next.</summary>
    public bool Accept(params ReadOnlySpan<string> keywords)
    {
        if (!At(keywords))
        {
            return false;
        }

        _at += keywords.Length;
        return true;
    }

    public bool AcceptSymbol(string symbol)
    {
        if (!AtSymbol(symbol))
        {
            return false;
        }

        _at++;
        return true;
    }

    public void Expect(string keyword)
    {
        if (!Accept(keyword))
        {
            throw Unexpected($"keyword {keyword}");
        }
    }

    public void ExpectSymbol(string symbol)
    {
        if (!AcceptSymbol(symbol))
        {
            throw Unexpected($"\"{symbol}\"");
        }
    }

    /// <summary>The &gt; that closes a type; of two that the lexer read as one, the second stays.</summary>
    public void ExpectAngle()
    {
        if (AtSymbol(">>"))
        {
            if (_isHalfTaken)
            {
                _at++;
            }

            _isHalfTaken = !_isHalfTaken;
            return;
        }

        ExpectSymbol(">");
    }

    /// <summary>A name: quoted, or not a reserved word.</summary>
    public string ExpectName() => IsName(Current) ? Take().Text : throw Unexpected("identifier");

    public static bool IsName(Token token) =>
        token.Kind == TokenKind.QuotedIdentifier || (token.Kind == TokenKind.Identifier && !Keywords.IsReserved(token.Text));

    /// <summary>Parses one level deeper.</summary>
    /// <exception cref="GoogleSqlException">Nested deeper than <see cref="MaxDepth"/>.</exception>
    public T Nested<T>(Func<T> parse)
    {
        if (++_depth > MaxDepth)
        {
            throw new GoogleSqlException($"Not supported: more than {MaxDepth} levels of nesting", Position);
        }

        var result = parse();
        _depth--;
        return result;
    }

    /// <summary>One or more, separated by commas.</summary>
    public List<T> List<T>(Func<T> parse)
    {
        List<T> list = [parse()];
        while (AcceptSymbol(","))
        {
            list.Add(parse());
        }

        return list;
    }

    public GoogleSqlException Unexpected(string? expected = null) => new(
        expected is null ? $"Syntax error: Unexpected {Current.Description}" : $"Syntax error: Expected {expected} but got {Current.Description}",
        Position);

    /// <summary>For what GoogleSQL has and this engine does not.</summary>
    public GoogleSqlException NotSupported(string construct) => new($"Not supported: {construct}", Position);
}
