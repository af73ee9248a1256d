namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>
/// Splits a statement into tokens after
/// <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical">GoogleSQL's lexical structure</see>.
/// </summary>
internal sealed class Lexer
{
    /// <summary>BigQuery's bound on the length of a statement, in characters.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly string[] Symbols =
        ["<=>", "<=", ">=", "<>", "!=", "||", "<<", ">>", "=>", "@@", "|>", .. "()[]{},.;+-*/=<>|&^~:?!$\\%".Select(c => c.ToString())];

    private readonly string _sql;
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _lineStart;

    private Lexer(string sql) => _sql = sql;

    private SourcePosition Position => new(_line, _at - _lineStart + 1);

    /// <summary>All tokens of the statement, the last of kind <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="GoogleSqlException">The text is too long or holds what is no token.</exception>
    public static IReadOnlyList<Token> Tokenize(string sql)
    {
        if (sql.Length > MaxLength)
        {
            throw new GoogleSqlException("The query is too large. The maximum standard SQL query length is 1024.00K characters, including comments and white space characters.");
        }

        var lexer = new Lexer(sql);
        while (lexer.Next())
        {
        }

        return lexer._tokens;
    }

    private bool Next()
    {
        SkipBlanksAndComments();
        var start = _at;
        var position = Position;
        if (_at >= _sql.Length)
        {
            Add(TokenKind.End, "", position, start);
            return false;
        }

        if (StringLiteral.Start(_sql, _at) is { } literal)
        {
            var end = literal.End(_sql, position);
            Add(literal.IsBytes ? TokenKind.Bytes : TokenKind.String, literal.Value(_sql, end, position), position, start, end);
            return true;
        }

        ReadWord(_sql[_at], position, start);
        return true;
    }

    private void ReadWord(char first, SourcePosition position, int start)
    {
        if (first == '`')
        {
            ReadQuotedIdentifier(position, start);
        }
        else if (IsNameStart(first))
        {
            var end = EndOf(start, IsNamePart);
            Add(TokenKind.Identifier, _sql[start..end], position, start, end);
        }
        else if (first == '@' && start + 1 < _sql.Length && IsNameStart(_sql[start + 1]))
        {
            var end = EndOf(start + 1, IsNamePart);
            Add(TokenKind.NamedParameter, _sql[(start + 1)..end], position, start, end);
        }
        else if (char.IsAsciiDigit(first) || (first == '.' && start + 1 < _sql.Length && char.IsAsciiDigit(_sql[start + 1]) && !FollowsName()))
        {
            ReadNumber(position, start);
        }
        else
        {
            ReadSymbol(position, start);
        }
    }

    private bool FollowsName() =>
        _tokens.Count > 0 && _tokens[^1].End == _at
        && (_tokens[^1].Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier || _tokens[^1].IsSymbol(")"));

    private void ReadSymbol(SourcePosition position, int start)
    {
        var symbol = Array.Find(Symbols, s => string.CompareOrdinal(_sql, start, s, 0, s.Length) == 0)
            ?? throw new GoogleSqlException($"Syntax error: Illegal input character \"{Printable(_sql[start])}\"", position);
        Add(symbol == "?" ? TokenKind.PositionalParameter : TokenKind.Symbol, symbol, position, start, start + symbol.Length);
    }

    private void ReadQuotedIdentifier(SourcePosition position, int start)
    {
        var end = start + 1;
        while (end < _sql.Length && _sql[end] is not ('`' or '\n'))
        {
            end += _sql[end] == '\\' ? 2 : 1;
        }

        if (end >= _sql.Length || _sql[end] != '`')
        {
            throw new GoogleSqlException("Syntax error: Unclosed identifier literal", position);
        }

        var text = EscapeSequences.Decode(_sql.AsSpan(start + 1, end - start - 1), isBytes: false, position);
        if (text.Length == 0)
        {
            throw new GoogleSqlException("Syntax error: Invalid empty identifier", position);
        }

        Add(TokenKind.QuotedIdentifier, text, position, start, end + 1);
    }

    private void ReadNumber(SourcePosition position, int start)
    {
        var end = NumberLiteral.End(_sql, start, out var isFloat);
        if (end < _sql.Length && IsNamePart(_sql[end]) && !FollowsDash())
        {
            throw new GoogleSqlException("Syntax error: Missing whitespace between literal and alias", position);
        }

        Add(isFloat ? TokenKind.Float : TokenKind.Integer, _sql[start..end], position, start, end);
    }

    // my-project-1a.dataset.table: what follows a dash may be a part of a project's name.
    private bool FollowsDash() => _tokens.Count > 0 && _tokens[^1].End == _at && _tokens[^1].IsSymbol("-");

    private void SkipBlanksAndComments()
    {
        while (_at < _sql.Length)
        {
            var c = _sql[_at];
            if (c == '#' || StartsWith("--"))
            {
                Advance(EndOf(_at, static c => c is not ('\n' or '\r')));
            }
            else if (StartsWith("/*"))
            {
                var end = _sql.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                Advance(end < 0 ? throw new GoogleSqlException("Syntax error: Unclosed comment", Position) : end + 2);
            }
            else if (char.IsWhiteSpace(c))
            {
                Advance(_at + 1);
            }
            else
            {
                return;
            }
        }
    }

    private bool StartsWith(string text) => string.CompareOrdinal(_sql, _at, text, 0, text.Length) == 0;

    private int EndOf(int from, Func<char, bool> belongs)
    {
        while (from < _sql.Length && belongs(_sql[from]))
        {
            from++;
        }

        return from;
    }

    private void Add(TokenKind kind, string text, SourcePosition position, int start, int? end = null)
    {
        _tokens.Add(new Token(kind, text, position, start, end ?? start));
        Advance(end ?? start);
    }

    private void Advance(int to)
    {
        for (; _at < to; _at++)
        {
            if (_sql[_at] == '\n')
            {
                _line++;
                _lineStart = _at + 1;
            }
        }
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static string Printable(char c) => char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString();
}
