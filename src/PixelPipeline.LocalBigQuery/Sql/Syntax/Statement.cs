using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>One statement of a script. A closed family, its members below.</summary>
internal abstract record Statement(SourcePosition Position)
{
    /// <summary>The statement as it was written.</summary>
    public string Text { get; init; } = "";
}

/// <summary>A query.</summary>
internal sealed record QueryStatement(SourcePosition Position, Query Query) : Statement(Position);

/// <summary><c>CREATE TEMP FUNCTION</c>.</summary>
internal sealed record FunctionStatement(SourcePosition Position, SqlFunction Function) : Statement(Position);

/// <summary><c>DECLARE names [type] [DEFAULT value]</c>.</summary>
internal sealed record DeclareStatement(SourcePosition Position, IReadOnlyList<string> Names, DataType? Type, Expression? Value) : Statement(Position);

/// <summary><c>SET name = value</c>.</summary>
internal sealed record SetStatement(SourcePosition Position, string Name, Expression Value) : Statement(Position);

/// <summary><c>BEGIN … END</c>.</summary>
internal sealed record BlockStatement(SourcePosition Position, IReadOnlyList<Statement> Body) : Statement(Position);

/// <summary><c>IF … THEN … ELSEIF … ELSE … END IF</c>; ELSE is a branch without a condition.</summary>
internal sealed record IfStatement(SourcePosition Position, IReadOnlyList<(Expression? Condition, IReadOnlyList<Statement> Body)> Branches) : Statement(Position);

/// <summary>A statement that changes the rows of a table.</summary>
internal abstract record ChangeStatement(SourcePosition Position, TableItem Table) : Statement(Position);

/// <summary><c>INSERT [INTO] table [(columns)] query</c>, or <c>VALUES (…), (…)</c>; a value is null for DEFAULT.</summary>
internal sealed record InsertStatement(SourcePosition Position, TableItem Table, IReadOnlyList<string>? Columns, Query? Query, IReadOnlyList<IReadOnlyList<Expression?>> Rows)
    : ChangeStatement(Position, Table);

/// <summary><c>UPDATE table SET … [FROM …] WHERE …</c>.</summary>
internal sealed record UpdateStatement(SourcePosition Position, TableItem Table, IReadOnlyList<Assignment> Set, FromItem? From, Expression Where)
    : ChangeStatement(Position, Table);

/// <summary><c>DELETE [FROM] table WHERE …</c>.</summary>
internal sealed record DeleteStatement(SourcePosition Position, TableItem Table, Expression Where) : ChangeStatement(Position, Table);

/// <summary><c>TRUNCATE TABLE table</c>.</summary>
internal sealed record TruncateStatement(SourcePosition Position, TableItem Table) : ChangeStatement(Position, Table);

/// <summary><c>MERGE [INTO] table USING source ON condition WHEN …</c>.</summary>
internal sealed record MergeStatement(SourcePosition Position, TableItem Table, FromItem Source, Expression On, IReadOnlyList<MergeClause> Clauses)
    : ChangeStatement(Position, Table);

/// <summary><c>column = value</c>; the value is null for DEFAULT.</summary>
internal sealed record Assignment(SourcePosition Position, string Column, Expression? Value);

/// <summary><c>WHEN [NOT] MATCHED … [AND condition] THEN …</c>. With values it inserts, without it updates, and without either it deletes.</summary>
internal sealed record MergeClause(SourcePosition Position, MergeMatch Match, Expression? Condition)
{
    /// <summary>What UPDATE sets; null when it is no UPDATE.</summary>
    public IReadOnlyList<Assignment>? Set { get; init; }

    /// <summary>Whether it is an INSERT.</summary>
    public bool IsInsert { get; init; }

    /// <summary>The columns of an INSERT; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The values of an INSERT, null for DEFAULT; null when it is <c>INSERT ROW</c>.</summary>
    public IReadOnlyList<Expression?>? Values { get; init; }
}

/// <summary>Which pairs of rows a clause of MERGE is for.</summary>
internal enum MergeMatch
{
    Matched,
    NotMatchedByTarget,
    NotMatchedBySource,
}

/// <summary>A statement that makes or removes a table or view.</summary>
internal abstract record DefinitionStatement(SourcePosition Position, IReadOnlyList<string> Path) : Statement(Position);

/// <summary><c>CREATE TABLE</c> or <c>CREATE VIEW</c>.</summary>
internal sealed record CreateStatement(SourcePosition Position, IReadOnlyList<string> Path, bool IsView) : DefinitionStatement(Position, Path)
{
    /// <summary>OR REPLACE.</summary>
    public bool Replaces { get; init; }

    /// <summary>IF NOT EXISTS.</summary>
    public bool IsOptional { get; init; }

    public IReadOnlyList<ColumnDefinition> Columns { get; init; } = [];

    /// <summary>What PARTITION BY names: a column, or a function of one.</summary>
    public Expression? PartitionBy { get; init; }

    public IReadOnlyList<string> ClusterBy { get; init; } = [];

    public IReadOnlyList<(string Name, Expression Value)> Options { get; init; } = [];

    /// <summary>The query behind AS.</summary>
    public Query? Query { get; init; }

    /// <summary>That query as it was written.</summary>
    public string QueryText { get; init; } = "";
}

/// <summary>A column of CREATE TABLE.</summary>
internal sealed record ColumnDefinition(SourcePosition Position, string Name, DataType Type, bool IsRequired, string? Description);

/// <summary><c>DROP TABLE</c> or <c>DROP VIEW</c>.</summary>
internal sealed record DropStatement(SourcePosition Position, IReadOnlyList<string> Path, bool IsView, bool IsOptional) : DefinitionStatement(Position, Path);

/// <summary>A value that goes into a column: brought to its type as INSERT and UPDATE do.</summary>
internal sealed record AssignedExpression(SourcePosition Position, Expression Value, string Column, DataType Type) : Expression(Position);
