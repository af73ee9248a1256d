namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>A whole query: WITH, a body, and the order and cut of its rows.</summary>
internal sealed record Query(
    SourcePosition Position,
    IReadOnlyList<CommonTable> With,
    QueryBody Body,
    IReadOnlyList<OrderItem> OrderBy,
    Expression? Limit,
    Expression? Offset) : QueryBody(Position);

/// <summary><c>name AS (query)</c> of a WITH clause.</summary>
internal sealed record CommonTable(SourcePosition Position, string Name, Query Query);

/// <summary>What a query consists of: a SELECT, a UNION, or a query in parentheses. A closed family.</summary>
internal abstract record QueryBody(SourcePosition Position);

/// <summary>Bodies joined by UNION ALL or UNION DISTINCT.</summary>
internal sealed record UnionBody(SourcePosition Position, IReadOnlyList<QueryBody> Arms, bool Distinct) : QueryBody(Position);

/// <summary>One SELECT with its clauses.</summary>
internal sealed record SelectBody(SourcePosition Position, bool Distinct, IReadOnlyList<SelectItem> Items) : QueryBody(Position)
{
    public FromItem? From { get; init; }

    public Expression? Where { get; init; }

    public IReadOnlyList<Expression> GroupBy { get; init; } = [];

    public Expression? Having { get; init; }

    public Expression? Qualify { get; init; }
}

/// <summary>One column of a select list, or a star. A closed family.</summary>
internal abstract record SelectItem(SourcePosition Position);

/// <summary><c>expression [AS alias]</c>.</summary>
internal sealed record ExpressionItem(SourcePosition Position, Expression Expression, string? Alias) : SelectItem(Position);

/// <summary><c>[alias.]* [EXCEPT (…)] [REPLACE (… AS …)]</c>.</summary>
internal sealed record StarItem(SourcePosition Position, string? Qualifier, IReadOnlyList<string> Except, IReadOnlyList<ExpressionItem> Replace) : SelectItem(Position);

/// <summary>One key of an ORDER BY.</summary>
internal sealed record OrderItem(Expression Expression, bool Descending, bool? NullsFirst);

/// <summary>One source of rows. A closed family.</summary>
internal abstract record FromItem(SourcePosition Position);

/// <summary>A table, view, wildcard or common table, by its path as written.</summary>
internal sealed record TableItem(SourcePosition Position, IReadOnlyList<string> Path, string? Alias) : FromItem(Position);

/// <summary>A query in parentheses.</summary>
internal sealed record QueryItem(SourcePosition Position, Query Query, string? Alias) : FromItem(Position);

/// <summary>Two sources joined.</summary>
internal sealed record JoinItem(SourcePosition Position, FromItem Left, FromItem Right, JoinKind Kind, Expression? On, IReadOnlyList<string> Using) : FromItem(Position);

/// <summary>The joins there are.</summary>
internal enum JoinKind
{
    Inner,
    Left,
    Cross,
}
