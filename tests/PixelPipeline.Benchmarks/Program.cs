using System.CommandLine;
using PixelPipeline.Benchmarks;

var root = new RootCommand("Measures PixelPipeline") { ApiCallsCommand.Create() };
return await root.Parse(args).InvokeAsync();
