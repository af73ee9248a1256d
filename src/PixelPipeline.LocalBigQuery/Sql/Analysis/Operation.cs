namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>What an <see cref="OperationNode"/> does: what the engine answers as the reference does.</summary>
internal enum Operation
{
    And,
    Or,
    Not,
    IsNull,
    IsTrue,
    IsFalse,
    IsNotDistinct,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Between,

    /// <summary>The first operand in the others.</summary>
    In,

    /// <summary>The first operand in the subquery that is the second.</summary>
    InSubquery,

    /// <summary>The first operand in the array that is the second.</summary>
    InArray,

    /// <summary>Condition, result, condition, result, …, and the result otherwise where the number is odd.</summary>
    Case,
    Coalesce,
    Greatest,
    Least,
    Concat,

    /// <summary>A conversion that the engine does as the reference: of NULL, and INT64 to FLOAT64.</summary>
    Cast,
    DateOfTimestamp,

    /// <summary>The start of the date part, in UTC, whose number is the index: minute, hour or day.</summary>
    StartInTimestamp,
    Length,
    StartsWith,
    EndsWith,
    Like,

    /// <summary>STRUCT(…).</summary>
    Struct,

    /// <summary>A field of a struct.</summary>
    Field,

    /// <summary>[…].</summary>
    Array,

    /// <summary>An element, counted from 0; NULL where there is none.</summary>
    ElementOrNull,
    ArrayLength,
    ArrayReverse,
    ArrayConcat,
    ArrayToString,
    Split,
    GenerateArray,
    GenerateDateArray,
    GenerateTimestampArray,
    RegexpContains,

    /// <summary>Of the group of the index.</summary>
    RegexpExtract,
    RegexpReplace,
    Error,
    Random,
    Uuid,
}
