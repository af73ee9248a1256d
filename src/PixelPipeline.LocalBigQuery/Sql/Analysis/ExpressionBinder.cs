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

    /// <summary>What OVER means, a name of the WINDOW clause looked up.</summary>
    public WindowSpecification Window(WindowSpecification written)
    {
        if (written.Base is not { } name)
        {
            return written;
        }

        var found = Window(scope.Windows.TryGetValue(name, out var window) ? window : throw new GoogleSqlException($"Unrecognized window alias {name}", written.Position));
        return (written.PartitionBy.Count > 0 || (written.OrderBy.Count > 0 && found.OrderBy.Count > 0))
            ? throw new GoogleSqlException($"A window that builds on {name} cannot have what that has", written.Position)
            : new WindowSpecification(written.Position, found.PartitionBy, written.OrderBy.Count > 0 ? written.OrderBy : found.OrderBy, written.Frame ?? found.Frame, null);
    }

    /// <summary>The expression, resolved.</summary>
    /// <exception cref="GoogleSqlException">A name is unknown, or types do not go together.</exception>
    public Bound Bind(Expression expression)
    {
        Nesting.Check(expression.Position);
        CheckNullLiterals(expression);
        return expression switch
        {
            LiteralExpression literal => new Constant(literal.Type, literal.Position, literal.Value) { Text = literal.Text },
            TypedLiteral literal => BindTyped(literal),
            NameExpression name => BindName(name),
            ParameterExpression parameter => BindParameter(parameter),
            ChainExpression chain => BindChain(chain),
            OperatorExpression { Operator: "NOT" } not => new OperationNode(Operation.Not, SqlType.Bool, not.Position, Condition(not.Operands[0], "operator NOT")),
            OperatorExpression { Operator: "=" or "!=" or "<" or "<=" or ">" or ">=" } comparison => Comparisons.Bind(this, comparison),
            OperatorExpression { Operator: "LIKE" } like => Comparisons.BindLike(this, like),
            OperatorExpression operation => FunctionCalls.BindOperator(this, operation),
            BetweenExpression between => Comparisons.Bind(this, between),
            InListExpression list => Comparisons.Bind(this, list),
            InUnnestExpression unnest => Comparisons.Bind(this, unnest),
            InQueryExpression query => BindIn(query),
            IsExpression test => BindIs(test),
            IsDistinctExpression test => BindIsDistinct(test),
            CaseExpression choice => Conditionals.Bind(this, choice),
            CastExpression cast => FunctionCalls.BindCast(this, cast),
            ExtractExpression extract => FunctionCalls.BindExtract(this, extract),
            CallExpression call => BindCall(call),
            ScalarQueryExpression query => BindScalar(query),
            ExistsExpression exists => BindExists(exists),
            ArrayQueryExpression query => BindArray(query),
            ArrayExpression array => Arrays.Bind(this, array),
            StructExpression made => Arrays.Bind(this, made),
            SubscriptExpression subscript => Arrays.Bind(this, subscript),
            FieldExpression field => Arrays.Field(Bind(field.Value), field.Name, field.Position),
            AssignedExpression assigned => ChangeBinder.Assign(Bind(assigned.Value), assigned.Type, assigned.Column, "Value"),
            IntervalExpression interval => FunctionCalls.BindInterval(this, interval),
            _ => throw new GoogleSqlException("Not supported: this expression", expression.Position),
        };
    }

    // A literal NULL where it makes the result NULL whatever the data are is taken for a mistake.
    private static void CheckNullLiterals(Expression expression)
    {
        var (symbol, operands) = expression switch
        {
            OperatorExpression { Operands.Count: 2, Operator: not ("&" or "|" or "^" or "<<" or ">>") } operation => (operation.Operator, operation.Operands),
            OperatorExpression { Operator: "NOT" } not => ("NOT", not.Operands),
            ChainExpression { Operator: "||" } chain => ("||", chain.Operands),
            _ => ("", (IReadOnlyList<Expression>)[]),
        };
        if (operands.Any(o => o is LiteralExpression { Value: null }))
        {
            throw new GoogleSqlException($"Operands of {symbol} cannot be literal NULL", expression.Position);
        }
    }

    /// <summary>The expression, which has to be a BOOL.</summary>
    public Bound Condition(Expression expression, string what)
    {
        var condition = Bind(expression);
        return Coercion.Cost(condition, SqlType.Bool) is null
            ? throw new GoogleSqlException($"{char.ToUpperInvariant(what[0])}{what[1..]} should be of type BOOL, but was {condition.Type.Name()}", expression.Position)
            : Coercion.To(condition, SqlType.Bool);
    }

    private static Constant BindTyped(TypedLiteral literal)
    {
        if (literal.Type == SqlType.Numeric && literal.Text.AsSpan(literal.Text.IndexOf('.', StringComparison.Ordinal) + 1) is var digits
            && literal.Text.Contains('.', StringComparison.Ordinal) && !digits.ContainsAny("eE") && digits.Trim().TrimEnd('0').Length > 9)
        {
            throw new GoogleSqlException($"Invalid NUMERIC literal: \"{literal.Text}\"", literal.Position);
        }

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
        if (clause.Aliases is { } aliases && aliases.TryGetValue(name.Path[0], out var aliased) && (name.Path.Count == 1 || !scope.HasTable(name.Path[0])))
        {
            var bound = aliased is not null && (clause.AliasesWin || name.Path.Count > 1 || scope.Resolve(name) is not ColumnRef other || other.Key == aliased.Key)
                ? aliased
                : throw new GoogleSqlException($"Column name {name.Path[0]} is ambiguous", name.Position);
            return name.Path.Skip(1).Aggregate(bound, (value, field) => Arrays.Field(value, field, name.Position));
        }

        if (name.Path.Count == 1 && scope.HasSource(name.Path[0]) && scope.TableRow(name.Path[0], name.Position) is { } whole)
        {
            return whole;
        }

        if (scope.Resolve(name) is { } column)
        {
            return column;
        }

        var text = string.Join('.', name.Path);
        return text.ToUpperInvariant() switch
        {
            "CURRENT_TIMESTAMP" or "CURRENT_DATE" or "CURRENT_DATETIME" or "CURRENT_TIME" => FunctionCalls.Bind(this, new CallExpression(name.Position, text.ToUpperInvariant(), [])),
            _ when statement.Variables.TryGetValue(name.Path[0], out var variable) => name.Path.Skip(1).Aggregate((Bound)variable, (value, field) => Arrays.Field(value, field, name.Position)),
            _ when scope.TableRow(name.Path[0], name.Position) is { } row => name.Path.Skip(1).Aggregate(row, (value, field) => Arrays.Field(value, field, name.Position)),
            _ => throw new GoogleSqlException($"Unrecognized name: {text}", name.Position),
        };
    }

    private Constant BindParameter(ParameterExpression reference)
    {
        var parameter = statement.Parameter(reference);
        return new Constant(parameter.Type, reference.Position, parameter.Value, isLiteral: parameter.Type == SqlType.String);
    }

    private Bound BindChain(ChainExpression chain) => chain.Operator == "||"
        ? FunctionCalls.BindConcat([.. chain.Operands.Select(Bind)], "operator ||", chain.Position)
        : chain.Operands.Count > StatementContext.MaxOperands
            ? throw new GoogleSqlException($"Not supported: more than {StatementContext.MaxOperands} operands of {chain.Operator}", chain.Position)
            : new OperationNode(chain.Operator == "AND" ? Operation.And : Operation.Or, SqlType.Bool, chain.Position, [.. chain.Operands.Select(o => Condition(o, $"operator {chain.Operator}"))]);

    private OperationNode BindIs(IsExpression test) => test.What == "NULL"
        ? new OperationNode(Operation.IsNull, SqlType.Bool, test.Position, Bind(test.Value))
        : new OperationNode(test.What == "TRUE" ? Operation.IsTrue : Operation.IsFalse, SqlType.Bool, test.Position, Condition(test.Value, $"operator IS {test.What}"));

    private OperationNode BindIsDistinct(IsDistinctExpression test)
    {
        var sides = Coercion.Unify([Bind(test.Left), Bind(test.Right)], "operator IS DISTINCT FROM", test.Position);
        return sides[0].Type.IsComparable
            ? new OperationNode(Operation.IsNotDistinct, SqlType.Bool, test.Position, sides)
            : throw new GoogleSqlException($"Not supported: IS DISTINCT FROM of {sides[0].Type.Name()}", test.Position);
    }

    private Bound BindCall(CallExpression call)
    {
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

        return !Aggregates.Names.Contains(call.Name) ? FunctionCalls.Bind(this, call)
            : clause.Aggregates ? Aggregates.Bind(In(Clause.AggregateArgument), call)
            : throw new GoogleSqlException($"Aggregate function {call.Name} not allowed in {clause.Name}", call.Position);
    }

    private SubqueryNode BindScalar(ScalarQueryExpression query)
    {
        var (inner, relation) = BindSubquery(query.Query);
        return new SubqueryNode(OneColumn(relation, "Scalar", query.Position), query.Position, inner, relation, SubqueryKind.Scalar);
    }

    private SubqueryNode BindExists(ExistsExpression exists)
    {
        var (inner, relation) = BindSubquery(exists.Query);
        return new SubqueryNode(SqlType.Bool, exists.Position, inner, relation, SubqueryKind.Exists);
    }

    private SubqueryNode BindArray(ArrayQueryExpression query)
    {
        var (inner, relation) = BindSubquery(query.Query);
        var element = OneColumn(relation, "ARRAY", query.Position);
        return element.IsArray
            ? throw new GoogleSqlException("Cannot use array subquery with column of type ARRAY", query.Position)
            : new SubqueryNode(DataType.ArrayOf(element), query.Position, inner, relation, SubqueryKind.Array);
    }

    private OperationNode BindIn(InQueryExpression query)
    {
        var (inner, relation) = BindSubquery(query.Query);
        var type = OneColumn(relation, "IN", query.Position);
        var value = Bind(query.Value);
        if (value.Type.IsComparable && type.IsComparable && (value.Type == SqlType.Float64 || type == SqlType.Float64 || (value.Type != type && value.Type != SqlType.Null && type != SqlType.Null)))
        {
            (value, type, relation) = Comparisons.Unified(value, relation, inner, query.Position);
        }

        return Comparisons.BindInQuery(value, new SubqueryNode(type, query.Position, inner, relation, SubqueryKind.In), query.Position);
    }

    private (Arena Arena, Relation Relation) BindSubquery(Query query)
    {
        var inner = scope.Inner();
        return (inner.Arena, queries.Bind(query, inner));
    }

    private static DataType OneColumn(Relation relation, string kind, SourcePosition position) => relation.Columns.Count(c => !c.IsHidden) == 1
        ? relation.Columns[0].Type
        : throw new GoogleSqlException($"{kind} subquery cannot have more than one column unless using SELECT AS STRUCT to build STRUCT values", position);
}
