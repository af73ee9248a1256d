using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Arrays and structs: made, and taken apart.</summary>
internal static class Arrays
{
    /// <summary><c>[a, b]</c> or <c>ARRAY&lt;T&gt;[a, b]</c>.</summary>
    public static Bound Bind(ExpressionBinder binder, ArrayExpression array)
    {
        IReadOnlyList<Bound> elements = [.. array.Elements.Select(binder.Bind)];
        if (elements.Count > StatementContext.MaxOperands)
        {
            throw new GoogleSqlException($"Not supported: more than {StatementContext.MaxOperands} elements of an array", array.Position);
        }

        var type = array.Element ?? Coercion.Common(elements)
            ?? throw new GoogleSqlException($"Array elements of types {string.Join(", ", elements.Select(e => e.Type.Name()).Distinct())} do not have a common supertype", array.Position);
        type = type == SqlType.Null ? SqlType.Int64 : type;
        if (type.IsArray || elements.Any(e => Coercion.Cost(e, type) is null))
        {
            throw new GoogleSqlException(type.IsArray ? "Cannot construct array with element type ARRAY because nested arrays are not supported" : $"Array element type does not coerce to {type.Name()}", array.Position);
        }

        elements = [.. elements.Select(e => Coercion.To(e, type))];
        return elements.All(e => e is Constant)
            ? new Constant(DataType.ArrayOf(type), array.Position, elements.Select(e => ((Constant)e).Value).ToArray(), isLiteral: elements.Count == 0)
            : new OperationNode(Operation.Array, DataType.ArrayOf(type), array.Position, elements);
    }

    /// <summary><c>STRUCT(a AS x, b)</c>, <c>STRUCT&lt;x T&gt;(a)</c> or <c>(a, b)</c>.</summary>
    public static Bound Bind(ExpressionBinder binder, StructExpression made)
    {
        var values = made.Fields.Select(f => Coercion.Typed(binder.Bind(f.Value))).ToList();
        if (made.Type is null)
        {
            return new OperationNode(
                Operation.Struct,
                DataType.StructOf([.. made.Fields.Select((f, i) => new StructField(f.Name ?? (made.IsTuple ? null : (f.Value as NameExpression)?.Path[^1]), values[i].Type))]),
                made.Position,
                values);
        }

        values = [.. made.Fields.Select(f => binder.Bind(f.Value))];
        return values.Count == made.Type.Fields.Count && values.Select((v, i) => Coercion.Cost(v, made.Type.Fields[i].Type)).All(c => c is not null)
            ? new OperationNode(Operation.Struct, made.Type, made.Position, [.. values.Select((v, i) => Coercion.To(v, made.Type.Fields[i].Type))])
            : throw new GoogleSqlException($"STRUCT type does not fit its {values.Count} values", made.Position);
    }

    /// <summary><c>array[OFFSET(n)]</c> and its kin.</summary>
    public static Bound Bind(ExpressionBinder binder, SubscriptExpression subscript)
    {
        var array = binder.Bind(subscript.Value);
        if (array.Type == SqlType.Json)
        {
            return FunctionCalls.Call("JSON SUBSCRIPT", "operator []", [array, binder.Bind(subscript.Index)], subscript.Position);
        }

        var index = binder.Bind(subscript.Index);
        if (!array.Type.IsArray || Coercion.Cost(index, SqlType.Int64) is null)
        {
            throw new GoogleSqlException($"Element access using [] is not supported on values of type {array.Type.Name()} by {index.Type.Name()}", subscript.Position);
        }

        index = Coercion.To(index, SqlType.Int64);
        var fromOne = subscript.Kind.EndsWith("ORDINAL", StringComparison.Ordinal);
        var offset = fromOne ? FunctionCalls.Call("-", "operator -", [index, new Constant(SqlType.Int64, subscript.Position, 1L)], subscript.Position) : index;
        var element = new OperationNode(Operation.ElementOrNull, array.Type.Element!, subscript.Position, array, offset);
        return subscript.Kind.StartsWith("SAFE", StringComparison.Ordinal) ? element : Checked(array, offset, element, subscript.Position);
    }

    /// <summary>A field of a struct, by its name.</summary>
    public static Bound Field(Bound value, string name, SourcePosition position)
    {
        if (value.Type == SqlType.Json)
        {
            return FunctionCalls.Call("JSON SUBSCRIPT", "operator .", [value, new Constant(SqlType.String, position, name)], position);
        }

        if (!value.Type.IsStruct)
        {
            throw new GoogleSqlException($"Cannot access field {name} on a value with type {value.Type.Name()}", position);
        }

        var places = value.Type.Fields.Select((f, i) => (f, i)).Where(p => name.Equals(p.f.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        return places switch
        {
            [var (field, index)] => value is OperationNode { Operation: Operation.Struct } made ? made.Children[index] : new OperationNode(Operation.Field, field.Type, position, value) { Index = index },
            [] => throw new GoogleSqlException($"Field name {name} does not exist in {value.Type.Name()}", position),
            _ => throw new GoogleSqlException($"Struct field name {name} is ambiguous", position),
        };
    }

    // An index outside fails the query; NULL of the array or the index is NULL.
    private static OperationNode Checked(Bound array, Bound offset, Bound element, SourcePosition position)
    {
        var length = new OperationNode(Operation.ArrayLength, SqlType.Int64, position, array);
        var outside = new OperationNode(
            Operation.Or,
            SqlType.Bool,
            position,
            new OperationNode(Operation.Less, SqlType.Bool, position, offset, new Constant(SqlType.Int64, position, 0L)),
            new OperationNode(Operation.GreaterOrEqual, SqlType.Bool, position, offset, length));
        var error = new OperationNode(Operation.Error, element.Type, position, new Constant(SqlType.String, position, "Array index out of bounds"));
        return new OperationNode(Operation.Case, element.Type, position, outside, error, element);
    }
}
