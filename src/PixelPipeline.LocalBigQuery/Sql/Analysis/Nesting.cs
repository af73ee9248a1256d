using System.Runtime.CompilerServices;
using PixelPipeline.LocalBigQuery.Sql.Syntax;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Keeps a hostile statement from ending the process: a stack overflow cannot be caught.</summary>
internal static class Nesting
{
    /// <summary>Asks for room on the stack before going one level deeper.</summary>
    /// <exception cref="GoogleSqlException">There is none left.</exception>
    public static void Check(SourcePosition position)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new GoogleSqlException("Not supported: an expression that is nested this deeply", position);
        }
    }
}
