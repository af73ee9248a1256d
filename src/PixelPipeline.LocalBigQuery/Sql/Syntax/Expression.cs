using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>An expression as parsed: nothing is resolved yet. A closed family, its members below.</summary>
internal abstract record Expression(SourcePosition Position);

/// <summary>A literal; the value is null, long, double, <see cref="NumericValue"/>, bool, string or byte[].</summary>
internal sealed record LiteralExpression(SourcePosition Position, SqlType Type, object? Value) : Expression(Position)
{
    /// <summary>A number as it was written, which as a NUMERIC it is exactly.</summary>
    public string? Text { get; init; }
}

/// <summary><c>DATE '2026-01-02'</c> and the like: a literal whose text is read as that type.</summary>
internal sealed record TypedLiteral(SourcePosition Position, SqlType Type, string Text) : Expression(Position);

/// <summary>A column, by itself or behind the alias of its table.</summary>
internal sealed record NameExpression(SourcePosition Position, IReadOnlyList<string> Path) : Expression(Position);

/// <summary><c>@name</c>, or <c>?</c> with its number from 0.</summary>
internal sealed record ParameterExpression(SourcePosition Position, string? Name, int Ordinal) : Expression(Position);

/// <summary>An operator that is a function of its operands: arithmetic, comparison, LIKE, unary minus, NOT.</summary>
internal sealed record OperatorExpression(SourcePosition Position, string Operator, IReadOnlyList<Expression> Operands) : Expression(Position);

/// <summary>Operands joined by AND, by OR or by ||, however many.</summary>
internal sealed record ChainExpression(SourcePosition Position, string Operator, IReadOnlyList<Expression> Operands) : Expression(Position);

/// <summary><c>x BETWEEN low AND high</c>.</summary>
internal sealed record BetweenExpression(SourcePosition Position, Expression Value, Expression Low, Expression High) : Expression(Position);

/// <summary><c>x IN (a, b)</c>.</summary>
internal sealed record InListExpression(SourcePosition Position, Expression Value, IReadOnlyList<Expression> List) : Expression(Position);

/// <summary><c>x IN (SELECT …)</c>.</summary>
internal sealed record InQueryExpression(SourcePosition Position, Expression Value, Query Query) : Expression(Position);

/// <summary><c>x IN UNNEST(array)</c>.</summary>
internal sealed record InUnnestExpression(SourcePosition Position, Expression Value, Expression Array) : Expression(Position);

/// <summary><c>x IS NOT DISTINCT FROM y</c>.</summary>
internal sealed record IsDistinctExpression(SourcePosition Position, Expression Left, Expression Right) : Expression(Position);

/// <summary><c>[a, b]</c>, or <c>ARRAY&lt;type&gt;[a, b]</c>.</summary>
internal sealed record ArrayExpression(SourcePosition Position, IReadOnlyList<Expression> Elements, DataType? Element) : Expression(Position);

/// <summary><c>STRUCT(a AS x, b)</c>, <c>STRUCT&lt;type&gt;(a)</c> or <c>(a, b)</c>.</summary>
internal sealed record StructExpression(SourcePosition Position, IReadOnlyList<(Expression Value, string? Name)> Fields, DataType? Type, bool IsTuple) : Expression(Position);

/// <summary><c>array[OFFSET(n)]</c> and the like; the kind is OFFSET, ORDINAL, SAFE_OFFSET, SAFE_ORDINAL, or empty for <c>[n]</c>.</summary>
internal sealed record SubscriptExpression(SourcePosition Position, Expression Value, string Kind, Expression Index) : Expression(Position);

/// <summary><c>(expression).field</c>.</summary>
internal sealed record FieldExpression(SourcePosition Position, Expression Value, string Name) : Expression(Position);

/// <summary><c>ARRAY(SELECT …)</c>.</summary>
internal sealed record ArrayQueryExpression(SourcePosition Position, Query Query) : Expression(Position);

/// <summary><c>x IS NULL</c>, <c>IS TRUE</c>, <c>IS FALSE</c>.</summary>
internal sealed record IsExpression(SourcePosition Position, Expression Value, string What) : Expression(Position);

/// <summary><c>CASE [operand] WHEN … THEN … ELSE … END</c>.</summary>
internal sealed record CaseExpression(SourcePosition Position, Expression? Operand, IReadOnlyList<(Expression When, Expression Then)> Branches, Expression? Else) : Expression(Position);

/// <summary><c>CAST(x AS type)</c>, or SAFE_CAST.</summary>
internal sealed record CastExpression(SourcePosition Position, Expression Value, DataType Type, bool Safe) : Expression(Position);

/// <summary><c>EXTRACT(part FROM x [AT TIME ZONE zone])</c>.</summary>
internal sealed record ExtractExpression(SourcePosition Position, Expression Part, Expression Value, Expression? Zone) : Expression(Position);

/// <summary><c>INTERVAL n part</c>, as an argument or operand.</summary>
internal sealed record IntervalExpression(SourcePosition Position, Expression Count, NameExpression Part) : Expression(Position);

/// <summary>A call of a function, <c>COUNT(*)</c> included.</summary>
internal sealed record CallExpression(SourcePosition Position, string Name, IReadOnlyList<Expression> Arguments) : Expression(Position)
{
    /// <summary><c>COUNT(DISTINCT …)</c>.</summary>
    public bool Distinct { get; init; }

    /// <summary><c>COUNT(*)</c>.</summary>
    public bool Star { get; init; }

    /// <summary><c>SAFE.NAME(…)</c>: NULL where the function would fail.</summary>
    public bool Safe { get; init; }

    /// <summary>True for IGNORE NULLS, false for RESPECT NULLS.</summary>
    public bool? IgnoreNulls { get; init; }

    /// <summary>The order inside the call.</summary>
    public IReadOnlyList<OrderItem> OrderBy { get; init; } = [];

    /// <summary>The LIMIT inside the call.</summary>
    public Expression? Limit { get; init; }

    /// <summary>HAVING MAX or MIN inside the call.</summary>
    public (bool Max, Expression Expression)? Having { get; init; }

    /// <summary>What makes it a window function.</summary>
    public WindowSpecification? Over { get; init; }
}

/// <summary><c>(SELECT …)</c> as a value.</summary>
internal sealed record ScalarQueryExpression(SourcePosition Position, Query Query) : Expression(Position);

/// <summary><c>EXISTS (SELECT …)</c>.</summary>
internal sealed record ExistsExpression(SourcePosition Position, Query Query) : Expression(Position);

/// <summary>What stands in the parentheses after OVER; the frame is written in SQL's words. The base is the name of a window that it builds on.</summary>
internal sealed record WindowSpecification(SourcePosition Position, IReadOnlyList<Expression> PartitionBy, IReadOnlyList<OrderItem> OrderBy, string? Frame, string? Base);
