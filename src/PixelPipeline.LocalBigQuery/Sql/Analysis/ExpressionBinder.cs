using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Resolves the names and types of an expression.</summary>
internal sealed class ExpressionBinder(StatementContext statement, Scope scope, Clause clause, QueryBinder queries)
{
    public StatementContext Statement => statement;

    public Clause Clause => clause;

    /// <summary>The same names, in another place.</summary>
    public ExpressionBinder In(Clause other) => new(statement, scope, other, queries);

    /// <summary>The expression, resolved.</summary>
    /// <exception cref="GoogleSqlException">A name is unknown, or types do not go together.</exception>
    public Bound Bind(Expression expression)
    {
        Nesting.Check(expression.Position);
        return expression switch
        {
            LiteralExpression literal => new Constant(literal.Type, literal.Position, literal.Value),
            TypedLiteral literal => BindTyped(literal),
            NameExpression name => BindName(name),
            ParameterExpression parameter => BindParameter(parameter),
            ChainExpression chain => BindChain(chain),
            OperatorExpression { Operator: "NOT" } not => Composite(SqlType.Bool, not.Position, "(NOT ", Condition(not.Operands[0], "operator NOT"), ")"),
            OperatorExpression { Operator: "=" or "!=" or "<" or "<=" or ">" or ">=" } comparison => Comparisons.Bind(this, comparison),
            OperatorExpression operation => FunctionCalls.BindOperator(this, operation),
            BetweenExpression between => Comparisons.Bind(this, between),
            InListExpression list => Comparisons.Bind(this, list),
            InUnnestExpression unnest => Comparisons.Bind(this, unnest),
            InQueryExpression query => BindIn(query),
            IsExpression test => BindIs(test),
            CaseExpression choice => Conditionals.Bind(this, choice),
            CastExpression cast => FunctionCalls.BindCast(this, cast),
            ExtractExpression extract => FunctionCalls.BindExtract(this, extract),
            CallExpression call => BindCall(call),
            ScalarQueryExpression query => BindScalar(query),
            ExistsExpression exists => BindExists(exists),
            _ => throw new GoogleSqlException("Not supported: INTERVAL outside of TIMESTAMP_ADD, DATE_ADD and the like", expression.Position),
        };
    }

    /// <summary>The expression, which has to be a BOOL.</summary>
    public Bound Condition(Expression expression, string what)
    {
        var condition = Bind(expression);
        return Coercion.Cost(condition, SqlType.Bool) is null
            ? throw new GoogleSqlException($"{Capitalized(what)} should be of type BOOL, but was {condition.Type.Name()}", expression.Position)
            : Coercion.To(condition, SqlType.Bool);
    }

    public static Composite Composite(SqlType type, SourcePosition position, params IReadOnlyList<object> parts) =>
        new(type, position, CompositeRole.Scalar, parts);

    private static Constant BindTyped(TypedLiteral literal)
    {
        try
        {
            return new Constant(literal.Type, literal.Position, Casts.Find(SqlType.String, literal.Type)!.Call(literal.Text));
        }
        catch (GoogleSqlException)
        {
            throw new GoogleSqlException($"Invalid {literal.Type.Name()} literal", literal.Position);
        }
    }

    private Bound BindName(NameExpression name)
    {
        if (name.Path.Count == 1 && clause.Aliases is { } aliases && aliases.TryGetValue(name.Path[0], out var aliased))
        {
            return aliased is not null && (clause.AliasesWin || scope.Resolve(name) is not ColumnRef other || other.Key == aliased.Key)
                ? aliased
                : throw new GoogleSqlException($"Column name {name.Path[0]} is ambiguous", name.Position);
        }

        if (scope.Resolve(name) is { } column)
        {
            return column;
        }

        var text = string.Join('.', name.Path);
        return text.ToUpperInvariant() switch
        {
            "CURRENT_TIMESTAMP" or "CURRENT_DATE" => FunctionCalls.Bind(this, new CallExpression(name.Position, text.ToUpperInvariant(), [])),
            _ when scope.HasTable(name.Path[0]) => throw new GoogleSqlException($"Not supported: table {name.Path[0]} as a value, or a field of a column", name.Position),
            _ => throw new GoogleSqlException($"Unrecognized name: {text}", name.Position),
        };
    }

    private Constant BindParameter(ParameterExpression reference)
    {
        var parameter = statement.Parameter(reference);
        return parameter.Value is Array and not byte[]? throw new GoogleSqlException("Not supported: an array parameter outside of IN UNNEST", reference.Position)
            : new Constant(parameter.Type, reference.Position, parameter.Value);
    }

    private Composite BindChain(ChainExpression chain)
    {
        if (chain.Operator == "||")
        {
            return FunctionCalls.BindConcat([.. chain.Operands.Select(Bind)], "operator ||", chain.Position);
        }

        List<object> parts = ["("];
        foreach (var operand in chain.Operands)
        {
            parts.Add(parts.Count == 1 ? "" : $" {chain.Operator} ");
            parts.Add(Condition(operand, $"operator {chain.Operator}"));
        }

        return Composite(SqlType.Bool, chain.Position, [.. parts, ")"]);
    }

    private Composite BindIs(IsExpression test) => test.What == "NULL"
        ? Composite(SqlType.Bool, test.Position, "(", Bind(test.Value), " IS NULL)")
        : Composite(SqlType.Bool, test.Position, "(", Condition(test.Value, $"operator IS {test.What}"), test.What == "TRUE" ? " IS 1)" : " IS 0)");

    private Bound BindCall(CallExpression call)
    {
        var isAggregate = Aggregates.Names.Contains(call.Name);
        if (call.Over is not null)
        {
            return clause.Windows
                ? WindowFunctions.Bind(this, call)
                : throw new GoogleSqlException($"Analytic function {call.Name} not allowed in {clause.Name}", call.Position);
        }

        if (WindowFunctions.Names.Contains(call.Name))
        {
            throw new GoogleSqlException($"Analytic function {call.Name} cannot be called without an OVER clause", call.Position);
        }

        return !isAggregate ? FunctionCalls.Bind(this, call)
            : clause.Aggregates ? Aggregates.Bind(this, call)
            : throw new GoogleSqlException($"Aggregate function {call.Name} not allowed in {clause.Name}", call.Position);
    }

    private SubqueryBound BindScalar(ScalarQueryExpression query)
    {
        var (inner, relation) = BindSubquery(query.Query);
        return new SubqueryBound(OneColumn(relation, "Scalar", query.Position), query.Position, inner, relation, SubqueryKind.Scalar);
    }

    private SubqueryBound BindExists(ExistsExpression exists)
    {
        var (inner, relation) = BindSubquery(exists.Query);
        return new SubqueryBound(SqlType.Bool, exists.Position, inner, relation, SubqueryKind.Exists);
    }

    private Composite BindIn(InQueryExpression query)
    {
        var (inner, relation) = BindSubquery(query.Query);
        var type = OneColumn(relation, "IN", query.Position);
        return Comparisons.BindInQuery(Bind(query.Value), new SubqueryBound(type, query.Position, inner, relation, SubqueryKind.In), query.Position);
    }

    private (Arena Arena, Relation Relation) BindSubquery(Query query)
    {
        var inner = scope.Inner();
        return (inner.Arena, queries.Bind(query, inner));
    }

    private static SqlType OneColumn(Relation relation, string kind, SourcePosition position) => relation.Columns.Count == 1
        ? relation.Columns[0].Type
        : throw new GoogleSqlException($"{kind} subquery cannot have more than one column unless using SELECT AS STRUCT to build STRUCT values", position);

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
