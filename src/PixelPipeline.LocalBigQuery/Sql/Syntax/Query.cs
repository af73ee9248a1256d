namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>A whole query: WITH, a body, and the order and cut of its rows.</summary>
internal sealed record Query(
    SourcePosition Position,
    IReadOnlyList<CommonTable> With,
    QueryBody Body,
    IReadOnlyList<OrderItem> OrderBy,
    Expression? Limit,
    Expression? Offset) : QueryBody(Position)
{
    /// <summary>WITH RECURSIVE.</summary>
    public bool IsRecursive { get; init; }
}

/// <summary><c>name AS (query)</c> of a WITH clause.</summary>
internal sealed record CommonTable(SourcePosition Position, string Name, Query Query);

/// <summary>What a query consists of: a SELECT, a UNION, or a query in parentheses. A closed family.</summary>
internal abstract record QueryBody(SourcePosition Position);

/// <summary>Bodies joined by UNION ALL and the like.</summary>
internal sealed record SetBody(SourcePosition Position, IReadOnlyList<QueryBody> Arms, SetOperator Operator) : QueryBody(Position);

/// <summary>The set operations there are.</summary>
internal enum SetOperator
{
    UnionAll,
    UnionDistinct,
    IntersectDistinct,
    ExceptDistinct,
}

/// <summary>One SELECT with its clauses.</summary>
internal sealed record SelectBody(SourcePosition Position, bool Distinct, IReadOnlyList<SelectItem> Items) : QueryBody(Position)
{
    public FromItem? From { get; init; }

    public Expression? Where { get; init; }

    public IReadOnlyList<Expression> GroupBy { get; init; } = [];

    /// <summary>The keys of each grouping, by number, of ROLLUP, CUBE and GROUPING SETS.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Groupings { get; init; }

    public bool GroupByAll { get; init; }

    /// <summary>SELECT AS STRUCT.</summary>
    public bool AsStruct { get; init; }

    /// <summary>What the WINDOW clause names.</summary>
    public IReadOnlyDictionary<string, WindowSpecification> Windows { get; init; } = new Dictionary<string, WindowSpecification>();

    public Expression? Having { get; init; }

    public Expression? Qualify { get; init; }
}

/// <summary>One column of a select list, or a star. A closed family.</summary>
internal abstract record SelectItem(SourcePosition Position);

/// <summary><c>expression [AS alias]</c>.</summary>
internal sealed record ExpressionItem(SourcePosition Position, Expression Expression, string? Alias) : SelectItem(Position);

/// <summary><c>[alias.]* [EXCEPT (…)] [REPLACE (… AS …)]</c>.</summary>
internal sealed record StarItem(SourcePosition Position, string? Qualifier, IReadOnlyList<string> Except, IReadOnlyList<ExpressionItem> Replace) : SelectItem(Position)
{
    /// <summary>The struct whose fields are meant: <c>value.*</c>.</summary>
    public Expression? Of { get; init; }
}

/// <summary>One key of an ORDER BY.</summary>
internal sealed record OrderItem(Expression Expression, bool Descending, bool? NullsFirst);

/// <summary>One source of rows. A closed family.</summary>
internal abstract record FromItem(SourcePosition Position);

/// <summary>A table, view, wildcard or common table, by its path as written.</summary>
internal sealed record TableItem(SourcePosition Position, IReadOnlyList<string> Path, string? Alias) : FromItem(Position)
{
    /// <summary>Whether its rows are to be changed, for which their numbers are needed.</summary>
    public bool WithRowNumber { get; init; }
}

/// <summary>A query in parentheses.</summary>
internal sealed record QueryItem(SourcePosition Position, Query Query, string? Alias) : FromItem(Position);

/// <summary><c>UNNEST(array) [AS alias] [WITH OFFSET [AS offset]]</c>.</summary>
internal sealed record UnnestItem(SourcePosition Position, Expression Array, string? Alias, string? Offset) : FromItem(Position);

/// <summary><c>source PIVOT (aggregates FOR expression IN (values))</c>.</summary>
internal sealed record PivotItem(
    SourcePosition Position,
    FromItem Of,
    IReadOnlyList<(Expression Call, string? Alias)> Aggregates,
    Expression For,
    IReadOnlyList<(Expression Value, string? Alias)> Values,
    string? Alias) : FromItem(Position);

/// <summary><c>table TABLESAMPLE SYSTEM (n PERCENT)</c>.</summary>
internal sealed record SampleItem(SourcePosition Position, FromItem Of, double Percent) : FromItem(Position);

/// <summary>Two sources joined.</summary>
internal sealed record JoinItem(SourcePosition Position, FromItem Left, FromItem Right, JoinKind Kind, Expression? On, IReadOnlyList<string> Using) : FromItem(Position);

/// <summary>The joins there are.</summary>
internal enum JoinKind
{
    Inner,
    Left,
    Right,
    Full,
    Cross,
}
