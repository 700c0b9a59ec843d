using HumanTasks.Samples.ScriptedModel;

// dotnet run --project samples/scripted-model [-- ADDRESS [FOLDER]]: responds from the scripts
var address = args.Length > 0 ? args[0] : "http://127.0.0.1:5099";
var folder = args.Length > 1 ? Path.GetFullPath(args[1]) : Path.Combine(AppContext.BaseDirectory, "scripts");
var app = new ModelServer().AddFolder(folder).Build(address);
await app.StartAsync();
Console.WriteLine($"The scripted model listens on {address}/v1");
await app.WaitForShutdownAsync();
